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
        bool[] numeric = [.. Enumerable.Range(0, table.Columns.Count).Select(column => IsNumeric(table, column))];
        Heads(table, numeric);
        html.Open("tbody").Line();
        foreach (IReadOnlyList<Cell> row in table.Rows)
        {
            Require.SameCount($"A row of the table '{table.Title}'", "cells", row.Count, table.Columns.Count);
            html.Open("tr");
            for (int c = 0; c < row.Count; c++)
                Write(row[c], isHead: c == 0, numeric[c]);
            html.Close().Line();
        }

        html.Close().Close().Close().Close().Line();
    }

    private void Heads(DataTable table, bool[] numeric)
    {
        html.Open("thead").Open("tr");
        for (int c = 0; c < table.Columns.Count; c++)
        {
            html.Open("th", ("scope", "col"), ("class", numeric[c] ? "numeric" : null)).Text(Inline.Kept(table.Columns[c].Name));
            if (table.Columns[c].Unit.Length > 0)
                html.Element("span", $" ({table.Columns[c].Unit})", ("class", "unit"));
            html.Close();
        }

        html.Close().Close().Line();
    }

    /// <summary>A column of numbers has one, and beside them nothing but signs such as "–" or "> 10 ×".</summary>
    private static bool IsNumeric(DataTable table, int column) =>
        table.Rows.Any(row => column < row.Count && row[column].Value is not null)
        && table.Rows.All(row => column < row.Count && (row[column].Value is not null || row[column] is { Label: { } label, Swatch: null } && !label.Any(char.IsLetter)));

    private void Write(Cell cell, bool isHead, bool isNumeric)
    {
        string? style = isNumeric || cell.Value is not null ? "numeric" : null;
        if (isHead)
            html.Open("th", ("scope", "row"), ("class", style));
        else
            html.Open("td", ("class", style));
        CellRenderer.Write(html, cell);
        html.Close();
    }
}
