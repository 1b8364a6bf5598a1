using Kelvin.Monitoring;
using Kelvin.Networks;
using Kelvin.Temperatures;

namespace Kelvin.Cli.Training;

/// <summary>What became of one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Training">How far it came and how it ended.</param>
/// <param name="Test">Loss and accuracy on the test set, at the weights the run ended with.</param>
/// <param name="Calibration">The temperature fitted on the validation set, judged on the test set; null if switched off.</param>
/// <param name="Incidents">What the monitor found.</param>
/// <param name="Metrics">Every step.</param>
internal sealed record SeedResult(
    int Seed,
    TrainingResult Training,
    Evaluation Test,
    CalibrationReport? Calibration,
    IReadOnlyList<Incident> Incidents,
    MetricsLog Metrics);
