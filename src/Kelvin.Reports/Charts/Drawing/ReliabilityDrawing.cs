using System.Text.Json.Nodes;

namespace Kelvin.Reports.Charts;

/// <summary>Draws a <see cref="ReliabilityChart"/>: curves against the diagonal, and the counts of their bins below.</summary>
internal static class ReliabilityDrawing
{
    private static readonly Axis Confidence = new("Mean confidence of a bin") { Form = NumberForm.Percent, Min = 0, Max = 1 };

    private static readonly Axis Accuracy = new("Accuracy in the bin") { Form = NumberForm.Percent, Min = 0, Max = 1 };

    private static readonly Axis Count = new("Predictions in the bin") { Form = NumberForm.Whole };

    public static ChartView Draw(ReliabilityChart chart)
    {
        var looks = new SeriesLook();
        foreach (ReliabilitySeries series in chart.Series)
            looks.Add(series.Name, series.Color);

        return new ChartView("Reliability chart", [Curves(chart, looks), Counts(chart, looks, OptionJson.HeightClass(chart.Height))])
        {
            Layout = "pair",
            Legend = looks.Legend(LegendShape.Line),
            Notes = ["On the dotted diagonal confidence and accuracy agree; below it the model is overconfident."],
        };
    }

    private static ChartPanel Curves(ReliabilityChart chart, SeriesLook looks)
    {
        var lines = new List<LineSeries>();
        foreach (ReliabilitySeries series in chart.Series)
        {
            ReliabilityPoint[] bins = [.. series.Bins.Where(bin => bin.Count > 0)];
            lines.Add(new LineSeries(series.Name, [.. bins.Select(b => b.Confidence)], [.. bins.Select(b => b.Accuracy)]) { HasPoints = true });
        }

        var diagonal = new JsonArray(
            new JsonObject { ["coord"] = OptionJson.Array(0, 0) }, new JsonObject { ["coord"] = OptionJson.Array(1, 1) });
        ChartPanel panel = LinePanel.Build(Confidence, Accuracy, lines, looks, [], OptionJson.HeightClass(chart.Height));
        JsonNode mark = panel.Option["series"]!.AsArray()[^1]!["markLine"]!;
        mark["lineStyle"] = new JsonObject { ["color"] = "@muted", ["type"] = OptionJson.Array(2, 4), ["width"] = 2 };
        mark["label"] = new JsonObject { ["show"] = false };
        mark["data"] = new JsonArray(diagonal);
        panel.Option["tooltip"]!["trigger"] = "item";
        return panel;
    }

    private static ChartPanel Counts(ReliabilityChart chart, SeriesLook looks, string height)
    {
        var histograms = new HistogramSeries[chart.Series.Count];
        for (int i = 0; i < histograms.Length; i++)
        {
            ReliabilitySeries series = chart.Series[i];
            histograms[i] = new HistogramSeries(
                series.Name,
                [.. series.Bins.Select(bin => bin.Low), .. series.Bins.TakeLast(1).Select(bin => bin.High)],
                [.. series.Bins.Select(bin => (double)bin.Count)]);
        }

        return HistogramDrawing.Panel(Confidence with { Name = "Confidence" }, Count, histograms, looks, height);
    }
}
