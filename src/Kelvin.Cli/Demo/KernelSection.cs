using Kelvin.Networks;
using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Demo;

/// <summary>The report's chapter from the lab: the loss that the tangent kernel predicts, and the loss that came.</summary>
internal static class KernelSection
{
    public const string Title = "What the kernel predicts";

    public static Section Of(DemoResult result) => new(
        Title,
        [
            new BlockGrid([.. DemoPlan.Activations.Select(activation => Chart(result, activation))]),
            Table(result.Kernels),
        ])
    {
        Lead = DemoWords.Text($"At the start of training the tangent kernel says what the loss will be at every step, if it stays as it is. Held here against real training: {result.Plan.KernelRows} images of 3 and 8, narrow and wide networks, a quarter of the stable step. `kelvin lab dynamics` asks the same of your data."),
    };

    private static LineChart Chart(DemoResult result, HiddenActivation activation)
    {
        KernelRun[] runs = [.. result.Kernels.Where(one => one.Activation == activation && one.Seed == result.Plan.Seed)];
        return new LineChart
        {
            Title = $"Predicted and real loss with {DemoWords.Of(activation)}",
            Caption = string.Join(" ", runs.Select(run => DemoWords.Text($"{run.Width} units: {run.Comparison.Explanation}"))),
            X = new Axis("Step"),
            Y = new Axis("Squared loss") { Scale = AxisScale.Logarithmic },
            Series = [.. runs.SelectMany(Lines)],
        };
    }

    private static LineSeries[] Lines(KernelRun run, int index)
    {
        double[] real = [.. run.Comparison.Losses.Span];
        double[] steps = [.. Enumerable.Range(0, real.Length).Select(step => (double)step)];
        return
        [
            new LineSeries(DemoWords.Text($"{run.Width} units"), steps, real) { Color = Palette.Series(index) },
            new LineSeries(DemoWords.Text($"predicted, {run.Width}"), steps, [.. steps.Select(step => run.Comparison.Prediction.Loss((long)step))])
            {
                Color = Palette.Series(index),
                Dash = LineDash.Dashed,
            },
        ];
    }

    private static DataTable Table(IReadOnlyList<KernelRun> runs) => new(
        "Prediction and check",
        ["Activation", "Units", "Seed", "Trusted before", "Largest error", "Off from step", "Kernel moved by", "Condition"],
        [.. runs.Select(Row)])
    {
        Caption = "Trusted before: what the check said that is made before training. Largest error: of the predicted loss against the real one, over all steps. Condition: largest over smallest eigenvalue of the kernel at the start.",
    };

    private static Cell[] Row(KernelRun run) =>
    [
        Cell.Named(DemoWords.Of(run.Activation), Palette.Of(DemoWords.Of(run.Activation))!.Value),
        Cell.Number(run.Width),
        Cell.Number(run.Seed),
        Cell.Text(run.IsTrusted ? "yes" : "no"),
        Cell.Percent(run.Comparison.LargestError),
        run.Comparison.FirstOff is { } off ? Cell.Number(off) : Cell.Text("–"),
        Cell.Percent(run.Drift),
        Cell.Number(run.Comparison.Prediction.Spectrum.Condition),
    ];
}
