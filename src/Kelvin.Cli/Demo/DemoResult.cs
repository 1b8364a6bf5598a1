using Kelvin.Temperatures;

namespace Kelvin.Cli.Demo;

/// <summary>All that the demo found.</summary>
/// <param name="Plan">What it did.</param>
/// <param name="Data">On what.</param>
/// <param name="Runs">The stability runs: by activation, then seed, then regime.</param>
/// <param name="Mechanisms">The mechanisms: by activation, then seed.</param>
/// <param name="Kernels">What tangent kernels predicted: by activation, then seed.</param>
/// <param name="Accuracies">One an activation.</param>
/// <param name="Best">Calibration of the network that did best on the validation set.</param>
/// <param name="Overconfident">Calibration of the network that was trained to saturation on few rows.</param>
/// <param name="Answers">What the built-in language model answered.</param>
internal sealed record DemoResult(
    DemoPlan Plan,
    DemoData Data,
    IReadOnlyList<StabilityRun> Runs,
    IReadOnlyList<MechanismMeasurement> Mechanisms,
    IReadOnlyList<KernelRun> Kernels,
    IReadOnlyList<AccuracyResult> Accuracies,
    CalibrationReport Best,
    CalibrationReport Overconfident,
    AnswerRun Answers)
{
    /// <summary>The activation that did best on the validation set.</summary>
    public AccuracyResult BestAccuracy => Accuracies.MaxBy(result => result.Validation)!;
}
