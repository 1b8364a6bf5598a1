using Kelvin.Reports.Charts;
using Kelvin.Reports.Pictures;

namespace Kelvin.Reports.Tests;

/// <summary>A page with every block and every chart, filled with plausible data: what the tests and the eye look at.</summary>
internal static class SamplePage
{
    public static ReportPage Make() => new()
    {
        Title = "Softmax networks on handwritten digits",
        Subtitle = "Three activations, a safe and a too-large learning rate, five seeds each: what held, what did not, and what the vitals said before the loss did.",
        Facts = [new("Kelvin", "0.1.0"), new("Seed", "7"), new("Machine", "2 cores, AVX2"), new("Took", "52 s")],
        Headline = "The softmax network trains as well as the others at a safe learning rate, and **its trouble shows 38 steps before the loss blows up** at a too-large one.",
        Summary =
        [
            new(Verdict.Held, "Gradients stay bounded when the logits grow.", "Largest gradient norm **1.84** over four decades of logit scale; exp grew to 3.1×10⁵.") { SectionTitle = "Training" },
            new(Verdict.HeldWhen, "Smoothness of the gradient stays below the bound.", "Held in 28 of 30 runs.") { Condition = "the learning rate is below 0.4", SectionTitle = "Mechanisms" },
            new(Verdict.DidNotHold, "Softmax reaches the accuracy of ReLU.", "97.8 % against 98.4 %; the interval of the difference excludes 0."),
            new(Verdict.Undecided, "Calibration improves the Brier score.", "The interval of the gain includes 0."),
        ],
        Sections = [Training(), Mechanisms(), Calibration(), Grids(), Text()],
        Closing = "Make this report again with `kelvin demo --seed 7`.",
    };

    private static Section Training() => new("Training",
    [
        new KeyNumbers(
        [
            new("Test accuracy, softmax", Cell.Interval(0.9778123, 0.9741, 0.9812, NumberForm.Percent), "mean of 10 seeds"),
            new("Test accuracy, ReLU", Cell.Interval(0.98412, 0.9807, 0.9868, NumberForm.Percent)),
            new("Steps of warning", 38, "median over 15 runs"),
            new("Wrong alarms", 0, "in 15 safe runs"),
        ]),
        LossChart(),
        Incident(),
        new DataTable("Test accuracy by activation", ["Activation", "Learning rate", "Accuracy", new Column("Loss", "nat"), "Loss curve", "Safe?"],
        [
            [Cell.Named("softmax", Palette.Softmax), 0.1, Cell.Interval(0.978, 0.974, 0.981, NumberForm.Percent), 0.0812345678, Cell.Sparkline(Decay(60, 0.08, 1), Palette.Softmax), Cell.Badge(Verdict.Held)],
            [Cell.Named("exp", Palette.Exp), 0.02, Cell.Interval(0.971, 0.966, 0.976, NumberForm.Percent), 0.112, Cell.Sparkline(Decay(60, 0.05, 2), Palette.Exp), Cell.Badge(Verdict.HeldWhen)],
            [Cell.Named("ReLU", Palette.Relu), 0.1, Cell.Interval(0.984, 0.98, 0.987, NumberForm.Percent), double.NaN, Cell.Sparkline(Decay(60, 0.1, 3), Palette.Relu), Cell.Badge(Verdict.DidNotHold)],
        ]) { Caption = "Means over ten seeds with 95 % intervals; hover a number for its full value." },
    ])
    { Lead = "Each network sees the same 1 797 digits in the same split. A marker says where an incident was opened, and the words stand below." };

    private static LineChart LossChart()
    {
        double[] steps = Range(5000);
        double[] softmax = Decay(5000, 0.004, 11);
        double[] exp = Decay(5000, 0.003, 12);
        for (int i = 3000; i < 5000; i++)
            exp[i] = i < 3400 ? exp[i] * Math.Exp((i - 3000) / 60.0) : double.NaN;
        return new LineChart
        {
            Title = "Training loss",
            Caption = "The exp network leaves the path near step 3 000; its incident is opened long before the loss is no number any more.",
            X = new Axis("Step"),
            Y = new Axis("Loss", "nat") { Scale = AxisScale.Logarithmic },
            Series =
            [
                new("softmax", steps, softmax) { Low = Scaled(softmax, 0.8), High = Scaled(softmax, 1.25) },
                new("exp", steps, exp),
                new("ReLU", steps, Decay(5000, 0.006, 13)),
            ],
            Markers =
            [
                new(3012, "exp, seed 3: `lr_too_high`, learning rate too large for the curvature", Severity.Warning),
                new(3391, "exp, seed 3: `non_finite`, 64 gradient entries are not finite", Severity.Critical),
            ],
            References = [new(0.05, "goal")],
            Height = ChartHeight.Large,
        };
    }

    private static IncidentCard Incident() => new()
    {
        Severity = Severity.Critical,
        Cause = "lr_too_high",
        Title = "The learning rate of 2 is too large: updates overshoot since step 3 000.",
        Run = "exp · η = 2 · seed 3",
        SinceStep = 3000,
        OpenedStep = 3012,
        Evidence = ["‖Δw‖/‖w‖ is 0.31, five times its median after warm-up.", "The loss rose in 11 of the last 12 steps."],
        Remedy = ["Lower the learning rate below 0.4.", "Clip the gradient norm at 1."],
    };

    private static Section Mechanisms() => new("Mechanisms",
    [
        new BlockGrid(
        [
            new BarChart
            {
                Title = "Largest gradient norm",
                Caption = "Softmax stays bounded, with 95 % intervals.",
                CategoryName = "Logit scale",
                Categories = ["1", "10", "100", "1 000"],
                Value = new Axis("Gradient norm"),
                Series =
                [
                    new("softmax", [1.2, 1.7, 1.84, 1.8]) { Low = [1.1, 1.5, 1.6, 1.6], High = [1.3, 1.9, 2.05, 2.0] },
                    new("ReLU", [0.9, 2.7, 4.4, 6.1]) { Low = [0.8, 2.2, 3.8, 5.0], High = [1.0, 3.1, 5.1, 7.4] },
                ],
            },
            new BarChart
            {
                Title = "Accuracy by data set",
                Caption = "Lying bars carry long names.",
                CategoryName = "Data set",
                Categories = ["optical digits", "breast cancer", "wine", "iris"],
                Value = new Axis("Test accuracy") { Form = NumberForm.Percent, Max = 1 },
                Series =
                [
                    new("softmax", [0.978, 0.965, 0.98, 0.96]) { Low = [0.97, 0.94, 0.95, 0.92], High = [0.983, 0.98, 1, 0.99] },
                    new("exp", [0.971, 0.96, 0.97, double.NaN]),
                ],
                IsHorizontal = true,
            },
        ]),
        new BlockGrid(
        [
            new ScatterChart
            {
                Title = "Sharpness against learning rate",
                Caption = "Every run is a point; the line is the edge of stability.",
                X = new Axis("Learning rate") { Scale = AxisScale.Logarithmic },
                Y = new Axis("Sharpness"),
                Series = [Cloud("softmax", 21), Cloud("exp", 22), Cloud("ReLU", 23)],
                References = [new(20, "edge of stability, 2/η")],
            },
            new HistogramChart
            {
                Title = "Entropy of the hidden softmax",
                Caption = "After training the rows are sharper.",
                X = new Axis("Entropy", "nat"),
                Y = new Axis("Rows"),
                Series = [HistogramSeries.Of("before", Normal(2000, 3.2, 0.3, 31), 24), HistogramSeries.Of("after", Normal(2000, 2.1, 0.55, 32), 24)],
            },
        ]),
    ]);

    private static Section Calibration() => new("Calibration",
    [
        new Prose("Temperature is fitted on the validation set and changes no prediction, only how sure they are.\n\nBefore, the model says 97 % and is right in 91 %; after `T = 1.87` the two agree."),
        new ReliabilityChart
        {
            Title = "Reliability before and after calibration",
            Caption = "After fitting the temperature, confidence and accuracy agree to a percentage point.",
            Series =
            [
                new("before, T = 1", [.. Enumerable.Range(5, 10).Select(i => new ReliabilityPoint(i / 15.0, (i + 1) / 15.0, 4 + (i * i), (i + 0.5) / 15, Math.Pow((i + 0.5) / 15, 1.7)))]) { Color = Palette.Series(1) },
                new("after, T = 1.87", [.. Enumerable.Range(4, 11).Select(i => new ReliabilityPoint(i / 15.0, (i + 1) / 15.0, 14 + (2 * i), (i + 0.5) / 15, Math.Min(1, ((i + 0.5) / 15) + (0.02 * Math.Sin(i)))))]) { Color = Palette.Series(0) },
            ],
        },
    ]);

    private static Section Grids() => new("Grids",
    [
        new HeatmapChart
        {
            Title = "Normalised entropy by layer and head",
            Caption = "Head 5 of layer 3 has collapsed.",
            ColumnName = "Head",
            Columns = [.. Enumerable.Range(0, 12).Select(i => $"{i}")],
            RowName = "Layer",
            Rows = [.. Enumerable.Range(0, 6).Select(i => $"{i}")],
            Value = new Axis("Normalised entropy") { Min = 0, Max = 1 },
            Values = [.. Enumerable.Range(0, 6).Select(r => (double[])[.. Enumerable.Range(0, 12).Select(c => (r, c) switch { (3, 5) => 0.02, (5, 11) => double.NaN, _ => 0.5 + (0.4 * Math.Sin((r * 1.3) + (c * 0.7))) })])],
        },
        new PictureGrid
        {
            Title = "Attention by layer and head",
            Caption = "Later layers look further back; the last head of layer 1 has not been measured.",
            Description = "Triangles of 16 by 16 weights; their bright bands widen from layer 0 to layer 1.",
            ColumnName = "Head",
            Columns = ["0", "1", "2"],
            RowName = "Layer",
            Rows = ["0", "1"],
            Value = new Axis("Attention") { Min = 0, Max = 1 },
            Pictures = [[Band(1), Band(2), Band(3)], [Band(4), Band(6)]],
        },
        new SmallMultiples
        {
            Title = "Loss of every run",
            Caption = "The same axes in all panels; only exp fails.",
            X = new Axis("Step"),
            Y = new Axis("Loss", "nat"),
            Panels = [.. Enumerable.Range(1, 6).Select(seed => new MultiplePanel($"Seed {seed}", [new("softmax", Range(300), Decay(300, 0.02, seed)), new("exp", Range(300), Decay(300, 0.01, 40 + seed))])
            {
                Markers = seed == 3 ? [new(120, "entropy_collapse in seed 3", Severity.Note)] : [],
            })],
        },
    ]);

    private static Section Text() => new("Words and commands",
    [
        new Callout(CalloutKind.Note, "What a band is", "The middle 80 % of the seeds."),
        new Callout(CalloutKind.Good, "No wrong alarm", "None of the 15 safe runs opened an incident."),
        new Callout(CalloutKind.Warning, "Small test set", "With 360 digits a percentage point is **four digits**."),
        new Callout(CalloutKind.Bad, "Two runs were lost", "Their weights are not finite."),
        new TokenStrip("A text, darker where the model was less sure", [new("Once upon a time", double.NaN, "prompt"), new(",", 0.1, "entropy 0.10"), new(" there", 1.6, "entropy 1.60"), new("", 0.4, "a token without text"), new(" was\n", 0, "entropy 0")])
        {
            Caption = "Point at a token for its numbers.",
            ValueName = "entropy (nat)",
        },
        new CommandLine("kelvin train digits.yaml --seed 7 --out runs/digits") { Caption = "Train one of these networks yourself:" },
    ]);

    private static ScatterSeries Cloud(string name, int seed)
    {
        double[] x = [.. Normal(30, -1, 0.4, seed).Select(v => Math.Pow(10, v))];
        double[] noise = Normal(30, 0, 1.4, seed + 100);
        return new ScatterSeries(name, x, [.. x.Select((eta, i) => (2 / (eta + 0.05)) + noise[i])]) { Labels = [.. x.Select((_, i) => $"seed {i}")] };
    }

    private static Picture Band(double width) => new(
        16, [.. Enumerable.Range(0, 16 * 16).Select(i => i % 16 > i / 16 ? double.NaN : Math.Exp(((i % 16) - (i / 16)) / width))]);

    private static double[] Range(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];

    private static double[] Scaled(double[] values, double factor) => [.. values.Select(v => v * factor)];

    private static double[] Decay(int count, double rate, int seed)
    {
        double[] noise = Normal(count, 0, 0.06, seed);
        return [.. noise.Select((n, i) => (0.03 + (2.3 * Math.Exp(-rate * i))) * Math.Exp(n))];
    }

    private static double[] Normal(int count, double mean, double deviation, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }
}
