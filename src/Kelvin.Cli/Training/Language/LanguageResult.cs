using Kelvin.Monitoring;
using Kelvin.Networks;

namespace Kelvin.Cli.Training.Language;

/// <summary>What became of one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Training">How far it came and how it ended.</param>
/// <param name="Validation">Loss and accuracy on the validation part, at the weights the run ended with.</param>
/// <param name="Accuracy">The table of the built-in tasks; empty for the user's own text.</param>
/// <param name="Incidents">What the monitor found.</param>
/// <param name="Metrics">Every step.</param>
internal sealed record LanguageResult(
    int Seed, TrainingResult Training, Evaluation Validation, IReadOnlyList<AccuracyCell> Accuracy, IReadOnlyList<Incident> Incidents, MetricsLog Metrics);
