using System.Text.Json.Nodes;

namespace Kelvin.Reports.Charts;

/// <summary>Draws a <see cref="LineChart"/>.</summary>
internal static class LineDrawing
{
    public static ChartView Draw(LineChart chart)
    {
        SeriesLook looks = Looks(chart.Series);
        IEnumerable<JsonObject> lines = chart.References.Select(OptionJson.HorizontalLine)
            .Concat(chart.Markers.Select((marker, i) => OptionJson.MarkerLine(i + 1, marker)));
        ChartPanel panel = LinePanel.Build(chart.X, chart.Y, chart.Series, looks, lines, OptionJson.HeightClass(chart.Height));
        return new ChartView("Line chart", [panel])
        {
            Legend = looks.Legend(LegendShape.Line),
            Markers = chart.Markers,
            Notes = [.. LinePanel.Notes(chart.Series, chart.Y)],
        };
    }

    public static SeriesLook Looks(IEnumerable<LineSeries> series)
    {
        var looks = new SeriesLook();
        foreach (LineSeries line in series)
            looks.Add(line.Name, line.Color, line.Dash);
        return looks;
    }
}
