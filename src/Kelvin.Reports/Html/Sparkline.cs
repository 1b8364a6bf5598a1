using System.Globalization;
using System.Text;
using Kelvin.Reports.Charts;

namespace Kelvin.Reports.Html;

/// <summary>Renders a small curve as SVG: it needs no script and prints well.</summary>
internal static class Sparkline
{
    private const int Width = 96;
    private const int Height = 24;
    private const int Limit = 200;

    public static void Write(HtmlWriter html, IReadOnlyList<double> values, ChartColor color)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length < 2)
        {
            html.Element("span", "–", ("aria-label", "too few values for a curve"), ("role", "img"));
            return;
        }

        double low = finite.Min();
        double high = finite.Max();
        string label = $"from {ReportNumber.Format(finite[0])} to {ReportNumber.Format(finite[^1])}, lowest {ReportNumber.Format(low)}, highest {ReportNumber.Format(high)}";
        html.Open("svg", ("class", "spark"), ("viewBox", "0 0 96 24"), ("width", "96"), ("height", "24"), ("role", "img"), ("aria-label", label));
        html.Element("title", label);
        html.Open("path", ("class", "stroke-" + color.Token), ("d", Path(values, low, high))).Close();
        html.Close();
    }

    private static string Path(IReadOnlyList<double> values, double low, double high)
    {
        var path = new StringBuilder();
        bool isDown = false;
        foreach (int i in Downsampling.Choose(values, null, null, Limit))
        {
            if (!double.IsFinite(values[i]))
            {
                isDown = false;
                continue;
            }

            double x = 1 + ((Width - 2) * i / (double)(values.Count - 1));
            double y = high > low ? 2 + ((Height - 4) * (1 - ((values[i] - low) / (high - low)))) : Height / 2.0;
            path.Append(CultureInfo.InvariantCulture, $"{(isDown ? 'L' : 'M')}{x:0.#} {y:0.#}");
            isDown = true;
        }

        return path.ToString();
    }
}
