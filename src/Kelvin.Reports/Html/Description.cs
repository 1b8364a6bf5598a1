using System.Globalization;
using Kelvin.Reports.Charts;

namespace Kelvin.Reports.Html;

/// <summary>Says in words what a drawing shows, for those who do not see it.</summary>
internal static class Description
{
    private const int Most = 8;

    public static string Of(Chart chart, ChartView view, ChartPanel panel)
    {
        string title = panel.Title.Length == 0 ? chart.Title : $"{chart.Title}, {panel.Title}";
        string series = string.Join("; ", panel.Data.Take(Most).Select(Of));
        string more = panel.Data.Count > Most
            ? string.Create(CultureInfo.InvariantCulture, $"; and {panel.Data.Count - Most} more")
            : "";
        return $"{view.Kind}: {title}. Across: {panel.X.Label}. Up: {panel.Y.Label}. {series}{more}.";
    }

    private static string Of(Dataset data)
    {
        int column = data.Dimensions.Count > 2 && data.Rows.Count > 0 && data.Rows[0][2] is double && data.Rows[0][0] is not double ? 2 : 1;
        if (data.Dimensions.Any(d => d.EndsWith(", from", StringComparison.Ordinal)))
            column = 2;
        double[] values = [.. data.Rows.Select(row => row[column]).OfType<double>().Where(double.IsFinite)];
        return values.Length == 0
            ? $"{data.Name}: no values"
            : $"{data.Name}: from {ReportNumber.Format(values[0])} to {ReportNumber.Format(values[^1])}, "
                + $"lowest {ReportNumber.Format(values.Min())}, highest {ReportNumber.Format(values.Max())}";
    }
}
