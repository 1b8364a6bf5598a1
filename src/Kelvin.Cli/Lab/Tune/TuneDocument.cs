namespace Kelvin.Cli.Lab.Tune;

/// <summary>The JSON of <c>kelvin lab tune</c>.</summary>
internal sealed record TuneDocument
{
    public string Schema { get; } = "kelvin.lab.tune/1";

    public required TunePlan Plan { get; init; }

    /// <summary>Medians over the outcomes with a grid; null without one.</summary>
    public required SummaryFacts? Summary { get; init; }

    public required IReadOnlyList<OutcomeFacts> Outcomes { get; init; }

    public static TuneDocument Of(TuneResult result) => new()
    {
        Plan = result.Plan,
        Summary = result.First.Grid is null
            ? null
            : new SummaryFacts(
                Of(TuneResult.Median(result.Outcomes.Select(one => one.LossRatio))),
                Of(TuneResult.Median(result.Outcomes.Select(one => one.CostShare))),
                result.Outcomes.Count(one => one.LossRatio <= TuneOutcome.Nearness),
                result.Outcomes.Count),
        Outcomes =
        [
            .. result.Outcomes.Select(one => new OutcomeFacts(
                one.Data,
                one.Rows,
                one.Seed,
                one.Tuned.Best,
                one.Tuned.Loss,
                one.Tuned.Cost,
                one.GridCost,
                one.CostShare,
                one.Grid?.Best,
                one.Grid?.Loss,
                one.LossRatio,
                one.ShareToReach,
                one.GridShareToReach)),
        ],
    };

    private static MedianFacts Of((double Value, double Low, double High) median) => new(median.Value, median.Low, median.High);

    internal sealed record SummaryFacts(MedianFacts LossRatio, MedianFacts CostShare, int WithinTwoPercent, int Cases);

    internal sealed record MedianFacts(double Median, double Low, double High);

    internal sealed record OutcomeFacts(
        string Data,
        int Rows,
        int Seed,
        TuneSetting Best,
        double Loss,
        double Operations,
        double GridOperations,
        double CostShare,
        TuneSetting? GridBest,
        double? GridLoss,
        double LossRatio,
        double ShareToReach,
        double GridShareToReach);
}
