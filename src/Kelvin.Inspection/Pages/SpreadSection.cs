using System.Globalization;
using Kelvin.Inspection.Sites;
using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Inspection.Pages;

/// <summary>How the rows of each softmax are spread: median with the middle 90 %.</summary>
internal static class SpreadSection
{
    private const int Most = 48;

    public static Section Of(InspectionReport report)
    {
        SoftmaxSite[] sites = [.. report.Sites.Take(Most)];
        return new Section(
            "Distributions",
            [
                new BlockGrid(
                [
                    Bars(sites, "Entropy", "Rows with a choice; 0 is one-hot, 1 is uniform.", new Axis("H / log k") { Min = 0, Max = 1 }, vitals => vitals.NormalizedEntropy),
                    Bars(sites, "Largest probability", "All rows; near 1 the softmax has decided.", new Axis("Largest probability") { Min = 0, Max = 1 }, vitals => vitals.MaxProbability),
                ]),
                new BlockGrid(
                [
                    Bars(sites, "Largest logit of a row", "All rows.", new Axis("Largest logit"), vitals => vitals.MaxLogit),
                    Bars(sites, "Margin", "Largest minus second largest logit, rows with a choice.", new Axis("Margin of the logits"), vitals => vitals.MarginLogit),
                ]),
            ])
        {
            Lead = report.Sites.Count > Most
                ? string.Create(CultureInfo.InvariantCulture, $"Bars are medians over rows, whiskers hold 90 % of the rows. The first {Most} of {report.Sites.Count} softmaxes.")
                : "Bars are medians over rows, whiskers hold 90 % of the rows.",
        };
    }

    private static BarChart Bars(SoftmaxSite[] sites, string title, string caption, Axis value, Func<HeadVitals, Distribution> of)
    {
        Distribution[] spreads = [.. sites.Select(site => of(site.Whole))];
        return new BarChart
        {
            Title = title,
            Caption = caption,
            Height = sites.Length > 6 ? ChartHeight.Large : ChartHeight.Medium,
            CategoryName = "Softmax",
            Categories = [.. sites.Select((site, place) => Short(site, place))],
            Value = value,
            IsHorizontal = true,
            Series = [new BarSeries("median", [.. spreads.Select(spread => spread.Median)]) { Low = [.. spreads.Select(spread => spread.Low)], High = [.. spreads.Select(spread => spread.High)] }],
        };
    }

    private static string Short(SoftmaxSite site, int place) => site.Layer is { } layer
        ? string.Create(CultureInfo.InvariantCulture, $"layer {layer}")
        : string.Create(CultureInfo.InvariantCulture, $"{place + 1}: {(site.Label.Length > 18 ? $"…{site.Label[^17..]}" : site.Label)}");
}
