using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Cli.Lab.Stability;

/// <summary>Follows the largest eigenvalue of the Hessian along gradient descent, for each activation and several steps.</summary>
/// <param name="run">The means.</param>
/// <param name="plan">Data, steps, seed.</param>
/// <param name="data">The data.</param>
/// <param name="journal">Keeps every run that is done.</param>
internal sealed class SharpnessRuns(LabRun run, StabilityPlan plan, LabData data, Journal journal)
{
    /// <summary>The steps that are followed, in multiples of 2/λ_max at the start: safe, at the promise, beyond it.</summary>
    public static IReadOnlyList<double> Multiples { get; } = [0.25, 1, 1.5];

    /// <summary>Follows them all.</summary>
    public SharpnessCourse[] Follow() => run.Do<SharpnessCourse>(
        "Sharpness along training",
        [
            .. from activation in LabNetworks.Activations
               from multiple in Multiples
               select (Func<SharpnessCourse>)(() => journal.Get(
                   FormattableString.Invariant($"sharpness/{activation}/{multiple}"), () => Course(activation, multiple))),
        ],
        course => LabWords.Text($"{LabWords.Of(course.Activation)}, step × {course.Multiple}: sharpness grew {course.Growth:0.00} times"));

    private SharpnessCourse Course(HiddenActivation activation, double multiple)
    {
        int[] rows = data.FewTrainingRows(Math.Min(200, plan.Rows));
        TrainingSet<double> set = data.Set<double>(rows);
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(LabNetworks.Theory(data, activation, plan.SharpnessHidden), plan.Seed);
        DescentOptions descent = plan.Trials().Descent with { TargetShare = 1e-6 };
        double rate = multiple * LossCurvature.StableStep(LossCurvature.Largest(network, set, descent.Loss));
        int[] at = Schedule(descent.MaxSteps, plan.SharpnessProbes);
        List<int> steps = [];
        List<double> sharpness = [];
        List<double> losses = [];
        void Probe(int step, double loss)
        {
            if (Array.BinarySearch(at, step) < 0 || !double.IsFinite(loss))
                return;
            EigenvalueEstimate largest = new LossHessian(network, set, descent.Loss).Sharpness();
            steps.Add(step);
            sharpness.Add(largest.Value);
            losses.Add(loss);
        }

        Descent.Run(network, set, rate, descent, new NetworkWorkspace<double>(network.Options, set.Rows), Probe, cancellationToken: run.CancellationToken);
        return new SharpnessCourse(activation, multiple, rate, steps, sharpness, losses);
    }

    /// <summary>0, then steps at about equal ratios, ascending.</summary>
    private static int[] Schedule(int last, int probes) =>
        [0, .. StabilityPlan.Logarithmic(1, last, probes - 1).Select(step => (int)Math.Round(step)).Distinct()];
}
