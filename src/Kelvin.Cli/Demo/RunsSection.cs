using Kelvin.Cli.Frame;
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
            Numbers(result.Runs),
            new BlockGrid([.. DemoPlan.Activations.Select(activation => Losses(result, activation)), Accuracies(result)]),
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

    /// <summary>One line a run; the first seed stands out.</summary>
    public static LineSeries Line(StabilityRun run, IReadOnlyList<double> values, int firstSeed)
    {
        int[] kept = LogThinning.Choose(values);
        return new LineSeries(
            $"{DemoWords.Of(run.Regime)} step", [.. kept.Select(i => (double)(i + 1))], [.. kept.Select(i => values[i])])
        {
            Color = ColorOf(run.Regime),
            Dash = DashOf(run.Regime),
            IsFaint = run.Seed != firstSeed,
        };
    }

    /// <summary>The runs of an activation, those of the first seed last, so that they are drawn on top.</summary>
    public static IEnumerable<StabilityRun> Ordered(DemoResult result, HiddenActivation activation) =>
        result.Runs.Where(run => run.Activation == activation).OrderBy(run => run.Seed == result.Plan.Seed).ThenBy(run => run.Regime);

    private static KeyNumbers Numbers(IReadOnlyList<StabilityRun> runs)
    {
        int bad = runs.Count(run => run.Verdict.IsBad);
        long[] leads = [.. runs.Where(run => run.IsCaught).Select(run => run.Lead!.Value)];
        return new KeyNumbers(
        [
            new("Runs that went wrong", Cell.Number(bad, NumberForm.Whole), DemoWords.Text($"of {runs.Count}, {runs.Count(run => run.Regime == StepRegime.Safe)} of them with a safe step")),
            new("Named in time", Cell.Number(leads.Length, NumberForm.Whole), DemoWords.Text($"{bad - leads.Length} missed")),
            new("Ahead of the end", leads.Length == 0 ? "–" : DemoWords.Text($"{leads.Min()} to {leads.Max()}"), "steps before it could be seen"),
            new("False alarms", Cell.Number(runs.Count(run => run.IsFalseAlarm), NumberForm.Whole), "safe runs with an incident"),
        ]);
    }

    private static LineChart Losses(DemoResult result, HiddenActivation activation) => new()
    {
        Title = $"Training loss with {DemoWords.Of(activation)}",
        Caption = "One line a seed, the first one strong; numbered lines mark where its incidents opened. Losses above 10 000 leave the chart.",
        X = new Axis("Step") { Scale = AxisScale.Logarithmic, Min = 1, Max = result.Plan.StabilitySteps },
        Y = new Axis("Squared loss") { Scale = AxisScale.Logarithmic, Min = 0.1, Max = 10_000 },
        Series = [.. Ordered(result, activation).Select(run => Line(run, run.Record.Loss, result.Plan.Seed))],
        Markers = [.. Ordered(result, activation).Where(run => run.Seed == result.Plan.Seed && run.Incident is not null).Select(Marker)],
    };

    private static BarChart Accuracies(DemoResult result) => new()
    {
        Title = "Test accuracy at the end",
        Caption = "Mean over seeds with 95 % intervals: 10 % is chance, and what is left of most networks after a step that was too large.",
        CategoryName = "Activation",
        Categories = [.. DemoPlan.Activations.Select(DemoWords.Of)],
        Value = new Axis("Accuracy") { Form = NumberForm.Percent, Max = 1 },
        Series = [.. DemoPlan.Regimes.Select(regime => Bars(regime, [.. DemoPlan.Activations.Select(activation => Accuracy(result, activation, regime))]))],
    };

    private static Estimate Accuracy(DemoResult result, HiddenActivation activation, StepRegime regime) =>
        Estimate.Mean(result.Runs.Where(run => run.Activation == activation && run.Regime == regime).Select(run => run.TestAccuracy));

    private static BarSeries Bars(StepRegime regime, Estimate[] accuracies) => new(
        $"{DemoWords.Of(regime)} step", [.. accuracies.Select(one => one.Value)])
    {
        Color = ColorOf(regime),
        Low = [.. accuracies.Select(one => Math.Max(0, one.Low))],
        High = [.. accuracies.Select(one => Math.Min(1, one.High))],
    };

    private static ChartMarker Marker(StabilityRun run) => new(
        run.Incident!.OpenedStep,
        DemoWords.Text($"{run.Incident.Cause}, with the {DemoWords.Of(run.Regime)} step"),
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
        return known.Length == 0 ? "–" : known[0] == known[^1] ? DemoWords.Text($"{known[0]}") : DemoWords.Text($"{known[0]} … {known[^1]}");
    }

    /// <summary>Two incidents in full, of the first seed that has one: softmax with the rising step, exp with the one that is too large.</summary>
    private static IEnumerable<IncidentCard> Cards(DemoResult result) =>
        from activation in new[] { HiddenActivation.Softmax, HiddenActivation.Exp }
        let regime = activation == HiddenActivation.Softmax ? StepRegime.Rising : StepRegime.TooLarge
        let run = result.Runs.FirstOrDefault(run => run.Activation == activation && run.Regime == regime && run.Incident is not null)
        where run is not null
        select Card(run.Incident!, DemoWords.Text($"{DemoWords.Of(run.Activation)}, {DemoWords.Of(run.Regime)} step, seed {run.Seed}"));

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
