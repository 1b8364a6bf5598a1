using Kelvin.Reports.Charts;

namespace Kelvin.Reports.Html;

/// <summary>Renders the sign of a legend entry as SVG: colour and pattern as in the drawing.</summary>
internal static class LegendKey
{
    private static readonly string[] Shapes =
    [
        "M12 3a4 4 0 1 0 .01 0z", "M8 3h8v8H8z", "M12 2.5 16.5 11h-9z", "M12 2 17 7 12 12 7 7z",
        "M8 3h8v8H8z", "M12 3a4 4 0 1 0 .01 0z", "M12 2.5 16.5 11h-9z", "M12 3a4 4 0 1 0 .01 0z",
    ];

    public static void Write(HtmlWriter html, LegendItem item)
    {
        html.Open("svg", ("class", "key"), ("viewBox", "0 0 24 14"), ("width", "24"), ("height", "14"), ("aria-hidden", "true"));
        if (item.Shape == LegendShape.Line)
        {
            html.Open("path", ("class", "stroke-" + item.Color.Token), ("d", "M1 7H23"), ("stroke-dasharray", Pattern(item.Dash))).Close();
            html.Open("path", ("class", "fill-" + item.Color.Token), ("d", Shapes[item.Symbol % Shapes.Length])).Close();
        }
        else
        {
            string shape = item.Shape == LegendShape.Box ? "M6 2h12v10H6z" : Shapes[item.Symbol % Shapes.Length];
            html.Open("path", ("class", "fill-" + item.Color.Token), ("d", shape)).Close();
        }

        html.Close();
    }

    private static string? Pattern(LineDash dash) => dash switch
    {
        LineDash.Dashed => "6 3",
        LineDash.Dotted => "2 3",
        LineDash.DashDotted => "6 3 2 3",
        _ => null,
    };
}
