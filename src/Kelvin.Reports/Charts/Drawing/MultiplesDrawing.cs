namespace Kelvin.Reports.Charts;

/// <summary>Draws <see cref="SmallMultiples"/>: one surface a panel, all over the same axes.</summary>
internal static class MultiplesDrawing
{
    public static ChartView Draw(SmallMultiples chart)
    {
        LineSeries[] all = [.. chart.Panels.SelectMany(panel => panel.Series)];
        SeriesLook looks = LineDrawing.Looks(all);
        Axis x = Shared(chart.X, all.SelectMany(line => line.X));
        Axis y = Shared(chart.Y, all.SelectMany(line => line.Y.Concat(line.Low ?? []).Concat(line.High ?? [])));
        int number = 0;
        var panels = new List<ChartPanel>();
        foreach (MultiplePanel panel in chart.Panels)
        {
            ChartPanel built = LinePanel.Build(
                x, y, panel.Series, looks, [.. panel.Markers.Select(marker => OptionJson.MarkerLine(++number, marker))], "tiny");
            built.Option["xAxis"]!["splitNumber"] = 3;
            built.Option["yAxis"]!["splitNumber"] = 3;
            panels.Add(built with { Title = panel.Title });
        }

        return new ChartView("Small multiples", panels)
        {
            Legend = looks.Legend(LegendShape.Line),
            Markers = [.. chart.Panels.SelectMany(panel => panel.Markers)],
            Notes = [.. LinePanel.Notes(all, chart.Y)],
            Layout = "panels",
        };
    }

    private static Axis Shared(Axis axis, IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(v => double.IsFinite(v) && (axis.Scale == AxisScale.Linear || v > 0))];
        return finite.Length == 0 ? axis : NiceRange.Widen(axis, finite.Min(), finite.Max());
    }
}
