using System.Globalization;
using Kelvin.Reports.Charts;

namespace Kelvin.Reports.Html;

/// <summary>Renders the data of a chart as a table that opens, with a button for the CSV.</summary>
internal static class DataOfChart
{
    private const int MostRows = 120;

    public static void Write(HtmlWriter html, Chart chart, ChartView view)
    {
        Dataset[] all = [.. view.Panels.SelectMany(panel => panel.Data)];
        int rows = all.Sum(data => data.Rows.Count);
        if (rows == 0)
            return;

        html.Open("details", ("class", "data")).Line();
        html.Open("summary").Text("Data of this chart").Element("span", ": " + chart.Title, ("class", "unseen")).Close().Line();
        html.Open("p", ("class", "data-tools"))
            .Element("button", "Download CSV", ("type", "button"), ("class", "csv"), ("hidden", ""), ("data-file", FileName(chart.Title)));
        int every = (rows + MostRows - 1) / MostRows;
        if (every > 1)
            html.Element("span", string.Create(CultureInfo.InvariantCulture, $"The table shows one row in {every}; the CSV has all {rows}."));
        html.Close().Line();
        html.Open("div", ("class", "scroll short"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Data of " + chart.Title)).Line();
        foreach (ChartPanel panel in view.Panels)
        {
            foreach (IGrouping<string, Dataset> alike in panel.Data.GroupBy(data => string.Join('\u001f', data.Dimensions), StringComparer.Ordinal))
                Table(html, panel, [.. alike], every);
        }

        html.Close().Close().Line();
    }

    private static void Table(HtmlWriter html, ChartPanel panel, Dataset[] data, int every)
    {
        html.Open("table").Line();
        if (panel.Title.Length > 0)
            html.Element("caption", panel.Title);
        html.Open("thead").Open("tr").Element("th", "Series", ("scope", "col"));
        foreach (string dimension in data[0].Dimensions)
            html.Element("th", dimension, ("scope", "col"), ("class", "numeric"));
        html.Close().Close().Line().Open("tbody").Line();
        foreach (Dataset set in data)
        {
            for (int i = 0; i < set.Rows.Count; i += every)
                Row(html, set, set.Rows[i]);
        }

        html.Close().Close().Line();
    }

    private static void Row(HtmlWriter html, Dataset set, object?[] row)
    {
        html.Open("tr").Element("th", set.Name, ("scope", "row"));
        foreach (object? value in row)
        {
            if (value is double number)
                html.Element("td", ReportNumber.Format(number), ("class", "numeric"), ("title", ReportNumber.Full(number)));
            else
                html.Element("td", value as string ?? "–", ("class", "numeric"));
        }

        html.Close().Line();
    }

    private static string FileName(string title) =>
        string.Join('-', new string([.. title.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)) + ".csv";
}
