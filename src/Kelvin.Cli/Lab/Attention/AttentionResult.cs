using Kelvin.Cli.Frame;
using Kelvin.Cli.Lab.Claims;

namespace Kelvin.Cli.Lab.Attention;

/// <summary>What <c>kelvin lab attention</c> found.</summary>
internal sealed record AttentionResult(
    AttentionTask Task, AttentionPlan Plan, IReadOnlyList<AttentionSample> Samples, IReadOnlyList<MeasuredClaim> Claims)
{
    /// <summary>Whether only queries and keys are trained: the whole layer first.</summary>
    public static IReadOnlyList<bool> Settings { get; } = [false, true];

    /// <summary>The samples of a kind, by seed.</summary>
    public IEnumerable<AttentionSample> Of(AttentionKind kind, bool isAnalogy) =>
        Samples.Where(sample => sample.Kind.Name == kind.Name && sample.IsAnalogy == isAnalogy);

    public Estimate Mean(AttentionKind kind, bool isAnalogy, Func<AttentionSample, double> value) => Estimate.Mean(Of(kind, isAnalogy).Select(value));

    public Estimate GeometricMean(AttentionKind kind, bool isAnalogy, Func<AttentionSample, double> value) =>
        Estimate.GeometricMean(Of(kind, isAnalogy).Select(value));

    /// <summary>Softmax at T = 1 divided by another kind, seed by seed.</summary>
    public Estimate Against(AttentionKind other, bool isAnalogy, Func<AttentionSample, double> value) =>
        Estimate.GeometricMean(Of(AttentionKind.Softmax, isAnalogy).Zip(Of(other, isAnalogy), (one, two) => value(one) / value(two)));
}
