using System.Globalization;

namespace Kelvin.Reports.Html;

/// <summary>Renders tables inside a frame that scrolls on its own, so that the page never does sideways.</summary>
internal sealed class TableRenderer(HtmlWriter html)
{
    private int _tables;

    public void Write(DataTable table)
    {
        string id = "table-" + (++_tables).ToString(CultureInfo.InvariantCulture);
        html.Open("figure", ("class", "table card"), ("aria-labelledby", id)).Line();
        html.Element("h3", table.Title, ("id", id)).Line();
        if (table.Caption.Length > 0)
            Inline.Paragraphs(html, table.Caption, "caption");
        html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", id)).Open("table").Line();
        Heads(table);
        html.Open("tbody").Line();
        foreach (IReadOnlyList<Cell> row in table.Rows)
        {
            Require.SameCount($"A row of the table '{table.Title}'", "cells", row.Count, table.Columns.Count);
            html.Open("tr");
            for (int c = 0; c < row.Count; c++)
                Write(row[c], isHead: c == 0);
            html.Close().Line();
        }

        html.Close().Close().Close().Close().Line();
    }

    private void Heads(DataTable table)
    {
        html.Open("thead").Open("tr");
        for (int c = 0; c < table.Columns.Count; c++)
        {
            bool isNumeric = table.Rows.Count > 0 && table.Rows.All(row => c < row.Count && row[c].Value is not null);
            html.Open("th", ("scope", "col"), ("class", isNumeric ? "numeric" : null)).Text(table.Columns[c].Name);
            if (table.Columns[c].Unit.Length > 0)
                html.Element("span", $" ({table.Columns[c].Unit})", ("class", "unit"));
            html.Close();
        }

        html.Close().Close().Line();
    }

    private void Write(Cell cell, bool isHead)
    {
        string? style = cell.Value is null ? null : "numeric";
        if (isHead)
            html.Open("th", ("scope", "row"), ("class", style));
        else
            html.Open("td", ("class", style));
        CellRenderer.Write(html, cell);
        html.Close();
    }
}
