using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Cli.Demo;

/// <summary>Predicts the training of a small network from its tangent kernel, asks whether to believe it, then trains.</summary>
/// <remarks>The two most confusable digits, 3 and 8, as targets −1 and 1; gradient descent on all of them at the safe step.</remarks>
internal sealed class KernelExperiment(DemoPlan plan, DemoData data)
{
    /// <summary>Relative error of the loss up to which a step counts as predicted.</summary>
    public const double Tolerance = 0.05;

    private readonly TrainingSet<double> _set = data.Pair(3, 8, plan.KernelRows);

    /// <summary>Does it for one activation, width and seed.</summary>
    public KernelRun Run(HiddenActivation activation, int width, int seed, CancellationToken cancellationToken)
    {
        NetworkOptions options = plan.StabilityNetwork(activation, data) with { Outputs = 1, Hidden = width };
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, seed);
        KernelSpectrum spectrum = TangentKernel.Compute(network, _set.Inputs).Spectrum();
        var path = new PathOptions { LearningRate = plan.SafeShare * spectrum.StableStep(), Steps = plan.KernelSteps };
        RegimeVerdict verdict = KernelRegime.Check(network, _set, path, Tolerance);
        cancellationToken.ThrowIfCancellationRequested();
        TrainingComparison comparison = TrainingComparison.Run(network, _set, path, Tolerance, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new KernelRun(activation, width, seed, verdict.IsInRegime, comparison);
    }
}
