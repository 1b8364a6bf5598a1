using Kelvin.Cli.Frame;
using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Landscape;

/// <summary>The JSON of <c>kelvin lab landscape</c>.</summary>
internal sealed record LandscapeDocument
{
    public string Schema { get; } = "kelvin.lab.landscape/1";

    public required LandscapePlan Plan { get; init; }

    public required IReadOnlyList<MeasureFacts> Measures { get; init; }

    public required IReadOnlyList<StuckFacts> Stationary { get; init; }

    public required IReadOnlyList<BarrierFacts> Barriers { get; init; }

    /// <summary>Networks that may get stuck telling two confusable classes apart.</summary>
    public required IReadOnlyList<HardRow> Hard { get; init; }

    public required IReadOnlyList<LandscapeSeed> Seeds { get; init; }

    public static LandscapeDocument Of(LandscapeResult result) => new()
    {
        Plan = result.Plan,
        Measures =
        [
            .. result.Measures().Select(measure => new MeasureFacts(
                measure.Name,
                measure.LargerIsBetter,
                measure.IsShare ? "difference" : "ratio",
                [.. LabNetworks.Activations.Select((activation, i) => new ValueFacts(activation, measure.Values[i]))],
                [.. LabNetworks.Activations.Skip(1).Select((other, i) => new AgainstFacts(other, measure.Against[i], measure.Verdict(i)))])),
        ],
        Stationary =
        [
            .. from hidden in result.Plan.StuckWidths
               from activation in LabNetworks.Activations
               select new StuckFacts(activation, hidden, result.PoorShare(activation, hidden), result.FinalLoss(activation, hidden)),
        ],
        Barriers = [.. LabNetworks.Activations.Select(activation => new BarrierFacts(activation, result.Barrier(activation)))],
        Hard = HardRow.Of(result.Hard),
        Seeds = result.Seeds,
    };

    internal sealed record MeasureFacts(
        string Name, bool LargerIsBetter, string Comparison, IReadOnlyList<ValueFacts> Values, IReadOnlyList<AgainstFacts> SoftmaxAgainst);

    internal sealed record ValueFacts(HiddenActivation Activation, Estimate Estimate);

    internal sealed record AgainstFacts(HiddenActivation Activation, Estimate Estimate, string Verdict);

    internal sealed record StuckFacts(HiddenActivation Activation, int Hidden, Estimate PoorShare, Estimate FinalLoss);

    internal sealed record BarrierFacts(HiddenActivation Activation, Estimate Barrier);
}
