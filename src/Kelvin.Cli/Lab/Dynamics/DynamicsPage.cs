using Kelvin.Networks;
using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Lab.Dynamics;

/// <summary>The page of <c>kelvin lab dynamics</c>.</summary>
internal static class DynamicsPage
{
    public static ReportPage Of(DynamicsResult result, LabRun run) => new()
    {
        Title = $"Predicted training on {result.Problem.Name}",
        Subtitle = "Every loss to come, computed from the kernel before the first step; then the training itself, and where the two part.",
        Headline = DynamicsText.Headline(result),
        Facts =
        [
            new("Data", LabWords.Text($"{result.Problem.Name}, {result.Problem.Set.Rows} examples on the unit sphere, {result.Problem.Question}, targets ±{result.Plan.Targets:0.###}")),
            new("Networks", LabWords.Text($"{result.Plan.Hidden} units, weights N(0, {result.Plan.Scale:0.###}²), T = {result.Plan.Temperature:0.###}, outputs 0 at the start")),
            new("Training", LabWords.Text($"gradient descent for {result.Plan.Steps} steps, or until the loss is 1e-6 of its start")),
            new("Run", LabWords.Text($"seed {run.Seed}, {run.Elapsed.TotalSeconds:0} s")),
        ],
        Sections = [Verdicts(result), .. LabNetworks.Activations.Select(activation => Curves(result, activation)), Batches(result)],
        Closing = "Made by `kelvin lab dynamics`.",
    };

    private static Section Verdicts(DynamicsResult result) => new("What was said and what came", [.. Singular(result), Table(result)])
    {
        Lead = "Before training the check walks the predicted path in strides and takes the kernel there: if that changes the loss, it says no.",
    };

    private static IEnumerable<Block> Singular(DynamicsResult result) =>
        result.Singular is { } singular ? [new Callout(CalloutKind.Warning, "Part of the error cannot be learnt", singular)] : [];

    private static DataTable Table(DynamicsResult result) => new(
        "Runs",
        ["Activation", "Step", "Momentum", "Said before", "Off at step", "Largest error", "Kernel drift", "Test outputs", "Why"],
        [
            .. result.Courses.Select(course => (IReadOnlyList<Cell>)
            [
                LabWords.Of(course.Activation),
                Cell.Number(course.Share),
                Cell.Number(course.Momentum),
                course.SaidYes ? "yes" : "no",
                course.FirstOff is { } off ? Cell.Number(off, NumberForm.Whole) : "–",
                Share(course.LargestError),
                Cell.Percent(course.KernelChange),
                Share(course.TestError),
                DynamicsText.Why(course.Reason),
            ]),
        ])
    {
        Caption = "Steps are shares of the largest stable one at the start. Test outputs: error of the predicted outputs at points not trained on, when training ended, against how far they moved.",
    };

    /// <summary>A diverging prediction is wrong by more than a number can say.</summary>
    private static Cell Share(double share) => share > 10 ? "> 10 ×" : Cell.Percent(share);

    private static Section Curves(DynamicsResult result, HiddenActivation activation) => new(
        LabWords.Capital(activation),
        [new BlockGrid([.. result.Courses.Where(course => course.Activation == activation).Select(Chart)])]);

    private static LineChart Chart(DynamicsCourse course)
    {
        double start = course.Real[0];
        IReadOnlyList<double> steps = [.. course.Steps.Skip(1).Select(step => (double)step)];
        return new LineChart
        {
            Title = LabWords.Text($"Step × {course.Share:0.##}, momentum {course.Momentum:0.##}"),
            Caption = course.Explanation,
            X = new Axis("Step") { Scale = AxisScale.Logarithmic, Form = NumberForm.Whole },
            Y = new Axis("Loss, share of start") { Scale = AxisScale.Logarithmic, Max = Math.Pow(10, Math.Ceiling(Math.Log10(course.Real.Where(double.IsFinite).Max() / start))) },
            Series =
            [
                new LineSeries("from the kernel at the start", steps, Shares(course.Predicted)) { Color = Palette.Muted, Dash = LineDash.Dashed },
                new LineSeries("kernel taken anew", steps, Shares(course.Relinearised)) { Color = Palette.Series(2), Dash = LineDash.Dotted },
                new LineSeries("trained", steps, Shares(course.Real)) { Color = Palette.Of(LabWords.Of(course.Activation)) },
            ],
        };

        double[] Shares(IReadOnlyList<double> losses) => [.. losses.Skip(1).Select(loss => loss / start <= 1e3 ? loss / start : double.NaN)];
    }

    private static Section Batches(DynamicsResult result) => new(
        "Mini-batches",
        [new BlockGrid([.. result.Batches.Select(BatchChart)])])
    {
        Lead = LabWords.Text($"Batches of {result.Plan.BatchSize} drawn with replacement: the expected loss follows from the kernel too, noise included, as long as the kernel stays. Band: 95 % interval of the mean over {result.Plan.BatchRuns} runs."),
    };

    private static LineChart BatchChart(BatchCourse batch)
    {
        IReadOnlyList<double> steps = [.. batch.Steps.Skip(1).Select(step => (double)step)];
        return new LineChart
        {
            Title = LabWords.Capital(batch.Activation),
            Caption = LabWords.Text($"From {LabWords.Number(batch.Expected[0])} to {LabWords.Number(batch.Expected[^1])} predicted, {LabWords.Number(batch.Measured[^1].Value)} measured."),
            X = new Axis("Step") { Scale = AxisScale.Logarithmic, Form = NumberForm.Whole },
            Y = new Axis("Expected loss") { Scale = AxisScale.Logarithmic },
            Series =
            [
                new LineSeries("without noise", steps, [.. batch.WithoutNoise.Skip(1)]) { Color = Palette.Muted, Dash = LineDash.Dotted },
                new LineSeries("predicted", steps, [.. batch.Expected.Skip(1)]) { Color = Palette.Series(2), Dash = LineDash.Dashed },
                new LineSeries("trained, mean", steps, [.. batch.Measured.Skip(1).Select(one => one.Value)])
                {
                    Color = Palette.Of(LabWords.Of(batch.Activation)),
                    Low = [.. batch.Measured.Skip(1).Select(one => one.Low)],
                    High = [.. batch.Measured.Skip(1).Select(one => one.High)],
                },
            ],
        };
    }
}
