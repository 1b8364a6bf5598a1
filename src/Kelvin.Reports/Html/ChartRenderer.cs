using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kelvin.Reports.Charts;

namespace Kelvin.Reports.Html;

/// <summary>Renders a chart as a figure: words, legend, drawing surfaces with their options as JSON, and its data.</summary>
internal sealed class ChartRenderer(HtmlWriter html)
{
    private int _charts;

    public void Write(Chart chart)
    {
        ChartView view = chart.Draw();
        string id = "chart-" + (++_charts).ToString(CultureInfo.InvariantCulture);
        html.Open("figure", ("class", "chart card"), ("id", id), ("aria-labelledby", id + "-title")).Line();
        html.Element("h3", chart.Title, ("id", id + "-title")).Line();
        Inline.Paragraphs(html, chart.Caption, "caption");
        Legend(view);
        html.Open("div", ("class", view.Layout)).Line();
        for (int i = 0; i < view.Panels.Count; i++)
            Panel(chart, view, view.Panels[i], string.Create(CultureInfo.InvariantCulture, $"{id}-{i + 1}"));
        html.Close().Line();
        Markers(view);
        if (view.Notes.Count > 0)
            html.Element("p", string.Join(' ', view.Notes), ("class", "chart-note")).Line();
        DataOfChart.Write(html, chart, view);
        html.Close().Line();
    }

    private void Legend(ChartView view)
    {
        if (view.Legend.Count < 2)
            return;

        html.Open("ul", ("class", "legend"), ("aria-label", "Series")).Line();
        foreach (LegendItem item in view.Legend)
        {
            html.Open("li").Open("button", ("type", "button"), ("aria-pressed", "true"), ("data-series", item.Name));
            LegendKey.Write(html, item);
            html.Text(item.Name).Close().Close().Line();
        }

        html.Close().Line();
    }

    private void Panel(Chart chart, ChartView view, ChartPanel panel, string id)
    {
        html.Open("div", ("class", "panel")).Line();
        if (panel.Title.Length > 0)
            html.Element("h4", panel.Title).Line();
        html.Open("p", ("class", "axis-y")).Element("span", panel.Y.IsCategorical ? "" : "↑ ", ("aria-hidden", "true")).Text(panel.Y.Label).Close().Line();
        html.Open("div", ("class", "plot " + panel.Height), ("id", id), ("role", "img"), ("aria-label", Description.Of(chart, view, panel)));
        html.Element("p", "The chart is drawn by a script, which did not run here. Its data stand below.");
        html.Close().Line();
        html.Open("p", ("class", "axis-x")).Text(panel.X.Label).Element("span", panel.X.IsCategorical ? "" : " →", ("aria-hidden", "true")).Close().Line();
        var payload = new JsonObject
        {
            ["x"] = Meta(panel.X),
            ["y"] = Meta(panel.Y),
            ["title"] = panel.Title,
            ["option"] = panel.Option,
        };
        // The default encoder writes <, > and & as \u escapes: nothing in the data can end the script element.
        html.Open("script", ("type", "application/json"), ("data-for", id)).Raw(payload.ToJsonString(JsonSerializerOptions.Default)).Close().Line();
        html.Close().Line();
    }

    private static JsonObject Meta(Axis axis) => new()
    {
        ["label"] = axis.Label,
        ["form"] = axis.Form.ToString().ToLowerInvariant(),
    };

    private void Markers(ChartView view)
    {
        if (view.Markers.Count == 0)
            return;

        html.Open("ol", ("class", "markers"), ("aria-label", "Marked places")).Line();
        foreach (ChartMarker marker in view.Markers)
        {
            html.Open("li", ("class", OptionJson.MarkerColor(marker.Severity))).Open("span");
            Inline.Write(html, $"{view.Panels[0].X.Name} {ReportNumber.Format(marker.X)}: {marker.Label}");
            html.Close().Close();
        }

        html.Close().Line();
    }
}
