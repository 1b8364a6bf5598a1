using Kelvin.Monitoring;
using Kelvin.Networks;
using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Demo;

/// <summary>The report's section on the stability runs: their losses, their endings, and the incidents that came first.</summary>
internal static class RunsSection
{
    public const string Title = "Runs and incidents";

    public static Section Of(DemoResult result) => new(
        Title,
        [
            new BlockGrid([.. DemoPlan.Activations.Select(activation => Losses(result, activation))]),
            Table(result),
            .. Cards(result),
        ])
    {
        Lead = "The same networks with a step that is safe, one that rises without end, and one that is too large from the start. Where a run goes wrong, a named incident should be open before its loss shows that it is lost.",
    };

    public static ChartColor ColorOf(StepRegime regime) => regime switch
    {
        StepRegime.TooLarge => Palette.Bad,
        StepRegime.Rising => Palette.Warning,
        _ => Palette.Good,
    };

    public static LineDash DashOf(StepRegime regime) => regime switch
    {
        StepRegime.TooLarge => LineDash.Dotted,
        StepRegime.Rising => LineDash.Dashed,
        _ => LineDash.Solid,
    };

    /// <summary>One line a run, seeds faint except the first, whose incidents are marked.</summary>
    public static LineSeries Line(StabilityRun run, IReadOnlyList<double> values) => new(
        $"{DemoWords.Of(run.Regime)} step", [.. Enumerable.Range(1, values.Count).Select(step => (double)step)], values)
    {
        Color = ColorOf(run.Regime),
        Dash = DashOf(run.Regime),
    };

    private static LineChart Losses(DemoResult result, HiddenActivation activation) => new()
    {
        Title = $"Loss with {DemoWords.Of(activation)}",
        Caption = "One line a seed. The numbered lines mark where incidents of the first seed opened.",
        X = new Axis("Step") { Scale = AxisScale.Logarithmic },
        Y = new Axis("Training loss") { Scale = AxisScale.Logarithmic },
        Series = [.. result.Runs.Where(run => run.Activation == activation).OrderBy(run => run.Regime).Select(run => Line(run, run.Record.Loss))],
        Markers = [.. result.Runs.Where(run => run.Activation == activation && run.Seed == result.Plan.Seed && run.Incident is not null).Select(Marker)],
    };

    private static ChartMarker Marker(StabilityRun run) => new(
        run.Incident!.OpenedStep,
        DemoWords.Text($"{DemoWords.Of(run.Regime)} step: {run.Incident.Cause} at step {run.Incident.OpenedStep}"),
        (Reports.Severity)(int)run.Incident.Severity);

    private static DataTable Table(DemoResult result) => new(
        "How the runs ended, and what the monitor said",
        ["Activation", "Step", "Seeds", "Ended", "Seen from step", "Incident", "Opened at step", "Lead", "Test accuracy"],
        [
            .. from activation in DemoPlan.Activations
               from regime in DemoPlan.Regimes
               from @group in result.Runs
                   .Where(run => run.Activation == activation && run.Regime == regime)
                   .GroupBy(run => (run.Verdict.Ending, run.Incident?.Cause))
               select Row(activation, regime, [.. @group]),
        ])
    {
        Caption = "“Seen from” is the first step at which the loss was not finite, above ten times its best, or the softmax dead one-hot: the monitor has no part in it. Lead is how many steps earlier the incident opened.",
    };

    private static Cell[] Row(HiddenActivation activation, StepRegime regime, StabilityRun[] runs) =>
    [
        Cell.Named(DemoWords.Of(activation), Palette.Of(DemoWords.Of(activation))!.Value),
        DemoWords.Of(regime),
        Cell.Number(runs.Length, NumberForm.Whole),
        DemoWords.Of(runs[0].Verdict.Ending),
        Range(runs.Select(run => run.Verdict.IsBad ? run.Verdict.Step : null)),
        runs[0].Incident?.Cause ?? "none",
        Range(runs.Select(run => run.Incident?.OpenedStep)),
        Range(runs.Select(run => run.Lead)),
        Cell.Percent(runs.Average(run => run.TestAccuracy)),
    ];

    private static Cell Range(IEnumerable<long?> values)
    {
        long[] known = [.. values.OfType<long>().Order()];
        return known.Length == 0 ? "–" : known[0] == known[^1] ? Cell.Number(known[0], NumberForm.Whole) : DemoWords.Text($"{known[0]} … {known[^1]}");
    }

    /// <summary>One incident of each activation in full: the earliest seed's, with the step that is too large.</summary>
    private static IEnumerable<IncidentCard> Cards(DemoResult result) =>
        from activation in DemoPlan.Activations
        let run = result.Runs.FirstOrDefault(run => run.Activation == activation && run.Regime == StepRegime.TooLarge && run.Incident is not null)
        where run is not null
        select Card(run.Incident!, DemoWords.Text($"{DemoWords.Of(activation)}, step too large, seed {run.Seed}"));

    private static IncidentCard Card(Incident incident, string run) => new()
    {
        Severity = (Reports.Severity)(int)incident.Severity,
        Cause = incident.Cause,
        Title = incident.Title,
        Run = run,
        SinceStep = incident.SinceStep,
        OpenedStep = incident.OpenedStep,
        ClosedStep = incident.ClosedStep,
        Evidence = [.. incident.Evidence.Take(3).Select(evidence => evidence.Text)],
        Remedy = incident.Remedy,
    };
}
