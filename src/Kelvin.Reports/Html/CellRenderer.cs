using System.Globalization;

namespace Kelvin.Reports.Html;

/// <summary>Renders one value of a table or a key number.</summary>
internal static class CellRenderer
{
    public static void Write(HtmlWriter html, Cell cell)
    {
        if (cell.Value is { } value)
            Number(html, cell, value);
        else if (cell.Outcome is { } verdict)
            Badge.Write(html, verdict);
        else if (cell.Curve is { } curve)
            Sparkline.Write(html, curve, cell.Swatch!.Value);
        else
            Label(html, cell);
    }

    private static void Label(HtmlWriter html, Cell cell)
    {
        if (cell.Swatch is not { } color)
        {
            Inline.Write(html, cell.Label ?? "");
            return;
        }

        html.Open("span", ("class", "named")).Open("span", ("class", "swatch fill-" + color.Token), ("aria-hidden", "true")).Close();
        Inline.Write(html, cell.Label ?? "");
        html.Close();
    }

    private static void Number(HtmlWriter html, Cell cell, double value)
    {
        string full = cell.Range is { } range
            ? $"{ReportNumber.Full(value)}, from {ReportNumber.Full(range.Low)} to {ReportNumber.Full(range.High)}"
            : ReportNumber.Full(value);
        html.Open("span", ("class", "number"), ("title", full)).Text(ReportNumber.Format(value, cell.Form));
        if (cell.Range is { } interval)
        {
            html.Element(
                "span",
                string.Create(CultureInfo.InvariantCulture, $"{ReportNumber.Format(interval.Low, cell.Form)} – {ReportNumber.Format(interval.High, cell.Form)}"),
                ("class", "interval"));
        }

        html.Close();
    }
}
