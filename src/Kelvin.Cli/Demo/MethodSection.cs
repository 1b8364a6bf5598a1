using Kelvin.Reports;

namespace Kelvin.Cli.Demo;

/// <summary>The report's last section: how all this was measured, and how to go on.</summary>
internal static class MethodSection
{
    public static Section Of(DemoResult result) => new(
        "How it was measured",
        [
            new Prose(DemoWords.Text(
                $"""
                **Stability runs.** {result.Plan.StabilityHidden} hidden units, output weights ±1 and fixed, no biases, outputs 0 at the start (the symmetric start), images divided by their length, squared loss against one-hot labels, plain gradient descent over all training images, {result.Plan.StabilitySteps} steps. The stable step is 2/λ, λ the largest eigenvalue of the tangent kernel at the start, measured for each network. Safe is a quarter of it; too large is {result.Plan.TooLargeTimes} times; rising goes there in a straight line from 0.

                **Endings.** A run is lost once its loss or gradient is not finite, its loss is above ten times its best so far, or its hidden softmax is dead one-hot (mean largest probability above 0.99 and gradient norm below 10⁻⁶ of its start), and it ends that way. Lead is counted from the opening of the incident to the first step at which any of these was true.

                **Kernels.** {result.Plan.KernelRows} training images of 3 and 8 with targets −1 and 1, one output, otherwise the networks of the stability runs; gradient descent at a quarter of the stable step for {result.Plan.KernelSteps} steps or down to 10⁻⁶ of the first loss. A prediction counts as right if no step's loss is off by more than {DemoWords.Percent(KernelExperiment.Tolerance)}.

                **Mechanisms.** Measured in double precision on the validation images. Roughness is ‖g(w+δ)−g(w)‖/‖g‖ divided by ‖δ‖/‖w‖ for a small δ against the gradient.
                """)),
            new CommandLine(result.Plan.IsQuick ? "kelvin demo" : "kelvin demo --seed 2") { Caption = result.Plan.IsQuick ? "The same with more seeds and larger networks, in a minute or two" : "The same with other seeds" },
            new CommandLine("kelvin train FILE.yaml") { Caption = "Train and watch a network on your own data" },
        ]);
}
