using Kelvin.Monitoring;
using Kelvin.Networks;
using Kelvin.Statistics;
using Kelvin.Temperatures;

namespace Kelvin.Cli.Training;

/// <summary>The document <c>train.json</c>, which <c>kelvin train --json</c> prints too.</summary>
internal sealed record TrainSummary
{
    public string Schema { get; } = "kelvin.train/1";

    public required string Name { get; init; }

    /// <summary>The answer in one sentence.</summary>
    public required string Verdict { get; init; }

    public required DataFacts Data { get; init; }

    public required NetworkOptions Network { get; init; }

    public required int Epochs { get; init; }

    /// <summary>Mean over the seeds.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Student's 95 % interval of the mean; null with a single seed.</summary>
    public required Interval? TestAccuracyInterval { get; init; }

    /// <summary>Whether every seed reached the end with finite numbers.</summary>
    public required bool Healthy { get; init; }

    public required IReadOnlyList<SeedFacts> Seeds { get; init; }

    public static TrainSummary Of(TrainPlan plan, TrainData data, IReadOnlyList<SeedResult> results)
    {
        double[] accuracies = [.. results.Select(result => result.Test.Accuracy)];
        Interval? interval = accuracies.Length > 1 ? MeanInterval.StudentT(accuracies) : null;
        SeedFacts[] seeds = [.. results.Select(SeedFacts.Of)];
        return new TrainSummary
        {
            Name = plan.Name,
            Verdict = TrainWords.Headline(accuracies.Average(), interval, seeds),
            Data = DataFacts.Of(data),
            Network = plan.Network(data),
            Epochs = plan.Epochs,
            TestAccuracy = accuracies.Average(),
            TestAccuracyInterval = interval,
            Healthy = Array.TrueForAll(seeds, seed => seed.Status != TrainingStatus.Diverged),
            Seeds = seeds,
        };
    }

    /// <summary>What was trained on.</summary>
    internal sealed record DataFacts(string Name, int Rows, int Features, int Classes, int TrainRows, int ValidationRows, int TestRows)
    {
        public static DataFacts Of(TrainData data) => new(
            data.All.Name, data.All.Rows, data.All.FeatureCount, data.All.ClassCount, data.Train.Rows, data.Validation.Rows, data.Test.Rows);
    }

    /// <summary>What became of one seed.</summary>
    internal sealed record SeedFacts
    {
        public required int Seed { get; init; }

        public required TrainingStatus Status { get; init; }

        public required long Steps { get; init; }

        public required int Epochs { get; init; }

        public required ValidationResult? BestValidation { get; init; }

        public required double TestLoss { get; init; }

        public required double TestAccuracy { get; init; }

        /// <summary>The fitted temperature and what it gains; null if none was fitted.</summary>
        public required CalibrationFacts? Calibration { get; init; }

        public required IReadOnlyList<IncidentFacts> Incidents { get; init; }

        public static SeedFacts Of(SeedResult result) => new()
        {
            Seed = result.Seed,
            Status = result.Training.Status,
            Steps = result.Training.Steps,
            Epochs = result.Training.Epochs,
            BestValidation = result.Training.Best,
            TestLoss = result.Test.Loss,
            TestAccuracy = result.Test.Accuracy,
            Calibration = result.Calibration is { } report ? CalibrationFacts.Of(report) : null,
            Incidents = [.. result.Incidents.Select(IncidentFacts.Of)],
        };
    }

    /// <summary>A temperature fitted on the validation set, and what it does to the test set.</summary>
    internal sealed record CalibrationFacts(
        double Temperature, CalibrationOutcome Outcome, int Bins, MetricChange Ece, MetricChange AdaptiveEce, MetricChange Nll, MetricChange Brier)
    {
        public static CalibrationFacts Of(CalibrationReport report) => new(
            report.Fit.Outcome == CalibrationOutcome.Interior ? report.Fit.Temperature : 1,
            report.Fit.Outcome,
            report.Before.Bins,
            report.Ece,
            report.AdaptiveEce,
            report.Nll,
            report.Brier);
    }

    /// <summary>An incident without its numbers' history.</summary>
    internal sealed record IncidentFacts(
        int Id, string Cause, Severity Severity, long SinceStep, long OpenedStep, long? ClosedStep, string Title, IReadOnlyList<string> Evidence, IReadOnlyList<string> Remedy)
    {
        public static IncidentFacts Of(Incident incident) => new(
            incident.Id,
            incident.Cause,
            incident.Severity,
            incident.SinceStep,
            incident.OpenedStep,
            incident.ClosedStep,
            incident.Title,
            [.. incident.Evidence.Select(evidence => evidence.Text)],
            incident.Remedy);
    }
}
