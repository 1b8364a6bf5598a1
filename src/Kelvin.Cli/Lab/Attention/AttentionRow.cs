using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Lab.Attention;

/// <summary>A kind of attention over seeds.</summary>
internal sealed record AttentionRow
{
    public required string Attention { get; init; }

    /// <summary>Whether only queries and keys were trained.</summary>
    public required bool QueriesAndKeysOnly { get; init; }

    public required Estimate LossLeft { get; init; }

    public required Estimate Drift { get; init; }

    public required Estimate PredictionError { get; init; }

    public required Estimate LargestStep { get; init; }

    public required Estimate BestLoss { get; init; }

    public required Estimate TestAccuracy { get; init; }

    /// <summary>By checkpoint, means.</summary>
    public required IReadOnlyList<Estimate> Loss { get; init; }

    public required IReadOnlyList<Estimate> Predicted { get; init; }

    public required IReadOnlyList<Estimate> KernelDrift { get; init; }

    public required IReadOnlyList<Estimate> Entropy { get; init; }

    public required IReadOnlyList<Estimate> MaxLogit { get; init; }

    public static AttentionRow Of(AttentionResult result, AttentionKind kind, bool isAnalogy)
    {
        IReadOnlyList<Estimate> Course(Func<AttentionPoint, double> value) =>
            [.. result.Plan.Checkpoints.Select((_, i) => result.Mean(kind, isAnalogy, sample => value(sample.Points[i])))];
        return new AttentionRow
        {
            Attention = kind.Name,
            QueriesAndKeysOnly = isAnalogy,
            LossLeft = result.GeometricMean(kind, isAnalogy, sample => sample.End.Loss),
            Drift = result.Mean(kind, isAnalogy, sample => sample.End.Drift),
            PredictionError = result.Mean(kind, isAnalogy, sample => sample.Points.Max(point => point.PredictionError)),
            LargestStep = result.GeometricMean(kind, isAnalogy, sample => sample.LargestStep),
            BestLoss = result.GeometricMean(kind, isAnalogy, sample => Math.Max(sample.BestLoss, 1e-12)),
            TestAccuracy = result.Mean(kind, isAnalogy, sample => sample.TestAccuracy),
            Loss = Course(point => point.Loss),
            Predicted = Course(point => point.Predicted),
            KernelDrift = Course(point => point.Drift),
            Entropy = Course(point => point.Look.Entropy),
            MaxLogit = Course(point => point.Look.MaxLogit),
        };
    }

    /// <summary>All rows, the whole layer first.</summary>
    public static IReadOnlyList<AttentionRow> All(AttentionResult result) =>
        [.. from isAnalogy in AttentionResult.Settings from kind in AttentionKind.All select Of(result, kind, isAnalogy)];
}
