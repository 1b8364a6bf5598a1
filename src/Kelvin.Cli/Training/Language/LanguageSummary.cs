using Kelvin.Networks;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;

namespace Kelvin.Cli.Training.Language;

/// <summary>The document <c>train.json</c> of a transformer, which <c>kelvin train --json</c> prints too.</summary>
internal sealed record LanguageSummary
{
    public string Schema { get; } = "kelvin.train.transformer/1";

    public required string Name { get; init; }

    /// <summary>The answer in one sentence.</summary>
    public required string Verdict { get; init; }

    public required DataFacts Data { get; init; }

    public required TransformerConfig Model { get; init; }

    public required int Parameters { get; init; }

    public required int Steps { get; init; }

    /// <summary>Whether every seed reached the end with finite numbers.</summary>
    public required bool Healthy { get; init; }

    public required IReadOnlyList<SeedFacts> Seeds { get; init; }

    public static LanguageSummary Of(LanguagePlan plan, LanguageData data, IReadOnlyList<LanguageResult> results) => new()
    {
        Name = plan.Place.Name,
        Verdict = LanguageWords.Headline(results),
        Data = new DataFacts(data.Name, data.Train.Count, data.Validation.Count, data.Train.Length, data.Tokenizer.Tokenizer.VocabularySize),
        Model = data.Model,
        Parameters = new TransformerLayout(data.Model).Total,
        Steps = plan.Steps,
        Healthy = results.All(result => result.Training.Status != TrainingStatus.Diverged),
        Seeds = [.. results.Select(SeedFacts.Of)],
    };

    /// <summary>What was trained on: sequences, tokens in one, and different tokens.</summary>
    internal sealed record DataFacts(string Name, int TrainSequences, int ValidationSequences, int Length, int Vocabulary);

    /// <summary>What became of one seed.</summary>
    internal sealed record SeedFacts(
        int Seed,
        TrainingStatus Status,
        long Steps,
        double ValidationLoss,
        double ValidationAccuracy,
        IReadOnlyList<AccuracyCell> Accuracy,
        IReadOnlyList<TrainSummary.IncidentFacts> Incidents)
    {
        public static SeedFacts Of(LanguageResult result) => new(
            result.Seed,
            result.Training.Status,
            result.Training.Steps,
            result.Validation.Loss,
            result.Validation.Accuracy,
            result.Accuracy,
            [.. result.Incidents.Select(TrainSummary.IncidentFacts.Of)]);
    }
}
