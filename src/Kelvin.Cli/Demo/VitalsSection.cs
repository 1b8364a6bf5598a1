using Kelvin.Networks;
using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Demo;

/// <summary>The report's section on vitals: what the monitor sees of the same runs.</summary>
internal static class VitalsSection
{
    public static Section Of(DemoResult result) => new(
        "Vitals",
        [
            new BlockGrid(
            [
                Chart(result, HiddenActivation.Softmax, "Entropy of the hidden softmax", "1 is uniform, 0 is one-hot: a safe run stays far from 0.", new Axis("H / log m") { Min = 0, Max = 1 }, run => run.Record.Entropy),
                Chart(result, HiddenActivation.Softmax, "Largest probability of the hidden softmax", "At 1 the rows are one-hot, and no gradient passes any more.", new Axis("Mean largest p") { Min = 0, Max = 1 }, run => run.Record.MaxProbability),
                .. DemoPlan.Activations.Select(activation => Chart(
                    result, activation, $"Gradient norm with {DemoWords.Of(activation)}", GradientCaption(activation), new Axis("‖g‖") { Scale = AxisScale.Logarithmic, Min = 1e-8, Max = 1e4 }, run => run.Record.GradientNorm)),
                Chart(result, HiddenActivation.Relu, "Dead ReLU units", "Share of units that are 0 for every image: how ReLU pays for large steps.", new Axis("Share") { Min = 0, Max = 1, Form = NumberForm.Percent }, run => run.Record.DeadShare),
            ]),
        ])
    {
        Lead = "What the monitor reads at every step, as a by-product of taking it. One line a seed, the first one strong.",
    };

    private static string GradientCaption(HiddenActivation activation) => activation switch
    {
        HiddenActivation.Softmax => "Never beyond its bound; where it falls out of the chart while the loss is large, the softmax is dead.",
        HiddenActivation.Exp => "With a step that is too large it explodes within a few steps and leaves the chart.",
        _ => "It stays moderate: ReLU's trouble shows in the loss and in dead units.",
    };

    private static LineChart Chart(
        DemoResult result, HiddenActivation activation, string title, string caption, Axis y, Func<StabilityRun, IReadOnlyList<double>> values) => new()
    {
        Title = title,
        Caption = caption,
        X = new Axis("Step") { Scale = AxisScale.Logarithmic, Min = 1, Max = result.Plan.StabilitySteps },
        Y = y,
        Series = [.. RunsSection.Ordered(result, activation).Select(run => RunsSection.Line(run, values(run), result.Plan.Seed))],
    };
}
