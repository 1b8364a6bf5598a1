using Kelvin.Cli.Frame;
using Kelvin.Cli.Lab.Claims;
using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Lab.Attention;

/// <summary>The page of <c>kelvin lab attention</c>.</summary>
internal static class AttentionPage
{
    public static ReportPage Of(LabRun run, AttentionResult result)
    {
        IReadOnlyList<AttentionRow> rows = AttentionRow.All(result);
        return new ReportPage
        {
            Title = "Self-attention in training, measured",
            Subtitle = "How far does the theory of two-layer softmax networks carry to one layer of self-attention?",
            Headline = AttentionText.Headline(result),
            Facts =
            [
                new("Task", result.Task.Question),
                new("Layer", LabWords.Text($"width {result.Plan.Width}, sequences of {result.Task.Length}, {result.Plan.Sequences} to train on, traces of the kernels matched")),
                new("Training", LabWords.Text($"gradient descent, {result.Plan.Steps} steps of {result.Plan.StepShare:0.##} × 2/λ_max")),
                new("Run", LabWords.Text($"{result.Plan.Seeds} seeds from {run.Seed}, {run.Elapsed.TotalSeconds:0} s")),
            ],
            Summary = [.. result.Claims.Select(ClaimsPage.Item)],
            Sections =
            [
                Course(result, "Everything trained", [.. rows.Where(row => !row.QueriesAndKeysOnly)]),
                Course(result, "Only queries and keys trained", [.. rows.Where(row => row.QueriesAndKeysOnly)]),
                .. result.Claims.Select(ClaimsPage.Section),
            ],
            Closing = "Made by `kelvin lab attention`.",
        };
    }

    private static Section Course(AttentionResult result, string title, IReadOnlyList<AttentionRow> rows) => new(
        title,
        [
            Table(result, title, rows),
            new BlockGrid(
            [
                Chart(result, rows, "Loss", "Share of the start; dashed: foretold by the kernel at the start.", ClaimPlots.Log("Loss, share of start"), row => row.Loss, row => row.Predicted),
                Chart(result, rows, "Drift of the kernel", "Frobenius norm, with 95 % bands.", new Axis("‖H − H₀‖/‖H₀‖"), row => row.KernelDrift),
                Chart(result, rows, "Entropy of attention", "Of |a|/Σ|a|: 1 is uniform, 0 one-hot.", new Axis("Entropy / log n") { Min = 0, Max = 1 }, row => row.Entropy),
                Chart(result, rows, "Largest logit", "Mean over sequences of the largest s/T.", new Axis("max s/T"), row => row.MaxLogit),
            ]),
        ]);

    private static DataTable Table(AttentionResult result, string title, IReadOnlyList<AttentionRow> rows) => new(
        title,
        ["Attention", "Loss left", "Prediction error", "Drift", "Largest step", "Best loss", "Right on test"],
        [
            .. rows.Select(row => (IReadOnlyList<Cell>)
            [
                row.Attention, Number(row.LossLeft), Number(row.PredictionError), Number(row.Drift), Number(row.LargestStep), Number(row.BestLoss), Cell.Percent(row.TestAccuracy.Value),
            ]),
        ])
    {
        Caption = LabWords.Text($"Means with 95 % intervals. Largest step: × λ_max/2, by bisection. Best loss: share left after {result.Plan.Budget} steps of the best size tried."),
    };

    private static Cell Number(Estimate estimate) =>
        double.IsFinite(estimate.Low) ? Cell.Interval(estimate.Value, estimate.Low, estimate.High) : Cell.Number(estimate.Value);

    private static LineChart Chart(
        AttentionResult result,
        IReadOnlyList<AttentionRow> rows,
        string title,
        string caption,
        Axis y,
        Func<AttentionRow, IReadOnlyList<Estimate>> value,
        Func<AttentionRow, IReadOnlyList<Estimate>>? foretold = null) => new()
    {
        Title = title,
        Caption = caption,
        X = new Axis("Step") { Scale = AxisScale.Logarithmic, Form = NumberForm.Whole },
        Y = y,
        Series =
        [
            .. rows.Select((row, i) => Line(result, row.Attention, i, value(row)) with { Low = Band(y, value(row), one => one.Low), High = Band(y, value(row), one => one.High) }),
            .. foretold is null ? [] : rows.Select((row, i) => Line(result, $"{row.Attention}, foretold", i, foretold(row)) with { Dash = LineDash.Dashed }),
        ],
    };

    private static LineSeries Line(AttentionResult result, string name, int index, IReadOnlyList<Estimate> values) =>
        new(name, [.. result.Plan.Checkpoints.Skip(1).Select(step => (double)step)], [.. values.Skip(1).Select(one => one.Value)]) { Color = Palette.Series(index) };

    private static IReadOnlyList<double> Band(Axis axis, IReadOnlyList<Estimate> values, Func<Estimate, double> end) =>
        [.. values.Skip(1).Select(one => !double.IsFinite(end(one)) || (axis.Scale == AxisScale.Logarithmic && end(one) <= 0) ? one.Value : end(one))];
}
