using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>The page of <c>kelvin lab diffusion</c>.</summary>
internal static class DiffusionPage
{
    public static ReportPage Of(DiffusionResult result, TimeSpan elapsed)
    {
        List<Section> sections = [];
        if (result.Digits is { } digits)
            sections.Add(DigitsSection.Of(digits));
        if (result.Curves.Count > 0)
            sections.Add(Learning(result));
        if (result.Samplers.Count > 0)
            sections.Add(Sampling(result));
        if (result.Bounds.Count > 0)
            sections.Add(new Section("Accuracy with certainty", [BoundsTable(result.Bounds)]) { Lead = "A bound on the score error that holds with probability 95 % for every learner and mixture, beside the measured error." });
        return new ReportPage
        {
            Title = "Diffusion learnt from noisy data",
            Subtitle = "Scores from noisy labels, what they are worth to a sampler, and a generator of digits.",
            Headline = DiffusionText.Headline(result),
            Facts =
            [
                new("Seed", LabWords.Text($"{result.Plan.Seed}")),
                new("Time", LabWords.Text($"{elapsed.TotalSeconds:0} s")),
            ],
            Sections = sections,
            Closing = "Made by `kelvin lab diffusion`.",
        };
    }

    /// <summary>A table of bounds; how often they covered where that was tried.</summary>
    public static DataTable BoundsTable(IReadOnlyList<BoundRow> bounds)
    {
        bool isRepeated = bounds.Any(row => !double.IsNaN(row.Coverage));
        Column[] columns = ["What", "Time", "Measured", "Bound", "Draws"];
        return new DataTable(
            "Bounds",
            isRepeated ? [.. columns, "Covers", "Bound/measured"] : columns,
            [.. bounds.Select(row => (IReadOnlyList<Cell>)(isRepeated ? [.. Bound(row), Percent(row.Coverage), Number(row.MedianRatio)] : Bound(row)))])
        {
            Caption = isRepeated ? "Covers: in how many of 200 repetitions the bound was not below the true error; beside it the median of bound/measured there." : "",
        };

        static Cell Percent(double share) => double.IsNaN(share) ? "–" : Cell.Percent(share);

        static Cell Number(double ratio) => double.IsNaN(ratio) ? "–" : Cell.Number(ratio);
    }

    private static Cell[] Bound(BoundRow row) =>
    [
        row.Subject,
        Cell.Number(row.Time),
        Cell.Number(row.Bound.Measured),
        Cell.Number(row.Bound.Bound),
        Cell.Number(row.Bound.Draws, NumberForm.Whole),
    ];

    private static Section Learning(DiffusionResult result) => new(
        "Learning the score",
        [
            new BlockGrid(
            [
                .. from time in result.Plan.Times
                   from clean in LearnerRuns.LabelKinds
                   select Chart(result, time, clean),
            ]),
            Slopes(result),
        ])
    {
        Lead = "Relative error of the learnt score on fresh points, against the number of examples: a ring of eight Gaussians, whose score is known. Clean labels are the expected noise, noisy ones the noise itself, which is all that data give.",
    };

    private static LineChart Chart(DiffusionResult result, double time, bool clean) => new()
    {
        Title = LabWords.Text($"t = {time:0.0}, {(clean ? "clean" : "noisy")} labels"),
        Caption = "1 is as good as saying nothing.",
        X = new Axis("Examples") { Scale = AxisScale.Logarithmic },
        Y = new Axis("Score error") { Scale = AxisScale.Logarithmic },
        Series =
        [
            .. result.Curves.Where(curve => curve.Time == time && curve.HasCleanLabels == clean).Select((curve, i) =>
                new LineSeries(curve.Learner, [.. result.Plan.Sizes.Select(size => (double)size)], [.. curve.Errors.Select(one => one.Value)])
                {
                    Color = Palette.Series(i),
                    HasPoints = true,
                }),
        ],
    };

    private static DataTable Slopes(DiffusionResult result) => new(
        "Slopes",
        ["Learner", "Time", "Labels", "Slope", "Falls"],
        [
            .. result.Curves.Select(curve => (IReadOnlyList<Cell>)
            [
                curve.IsSound ? curve.Learner : $"{curve.Learner} (not sound)",
                Cell.Number(curve.Time),
                curve.HasCleanLabels ? "clean" : "noisy",
                Cell.Interval(curve.Slope.Value, curve.Slope.Low, curve.Slope.High),
                curve.IsLearning ? "yes" : "not shown",
            ]),
        ])
    {
        Caption = "Slope of log error against log n, with a 95 % bootstrap interval over seeds.",
    };

    private static Section Sampling(DiffusionResult result) => new(
        "Sampling",
        [
            new DataTable(
                "Samples of the ring",
                ["Score", "Sampler", "Steps", "Sliced Wasserstein", "Ratio to exact", "Energy distance", "MMD²", "Log-likelihood less the truth's"],
                [
                    .. result.Samplers.OrderBy(row => row.Steps).ThenBy(row => row.Sampler).Select(row => (IReadOnlyList<Cell>)
                    [
                        row.Score,
                        DiffusionText.NameOf(row.Sampler),
                        Cell.Number(row.Steps, NumberForm.Whole),
                        Cell.Interval(row.Sliced.Value, row.Sliced.Low, row.Sliced.High),
                        row.Score == SamplerRuns.Exact ? "1" : Cell.Interval(row.Ratio.Value, row.Ratio.Low, row.Ratio.High),
                        Cell.Number(row.Energy.Value),
                        Cell.Number(row.Discrepancy.Value),
                        Cell.Number(row.Likelihood.Value),
                    ]),
                ]),
        ])
    {
        Lead = "The same start, steps and fresh noise, with the exact score and with learnt ones. Even true samples are not at distance 0 from one another.",
    };
}
