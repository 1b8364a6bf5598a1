using System.Globalization;
using Kelvin.Inspection.Sites;
using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Inspection.Pages;

/// <summary>Attention layers by heads, as shades.</summary>
internal static class HeatSection
{
    public static Section Of(InspectionReport report)
    {
        SoftmaxSite[] sites = [.. report.Attention.Where(site => site.Heads.Count > 0)];
        return new Section(
            "Heads",
            [
                new BlockGrid(
                [
                    Map(sites, "Entropy", "1 is attention spread evenly over all keys, 0 is attention on one.", new Axis("H / log k") { Min = 0, Max = 1 }, head => head.NormalizedEntropy.Mean),
                    Map(sites, "Saturation", "The share of rows in which one key has more than 0.99.", new Axis("Share of rows with p > 0.99") { Min = 0, Max = 1, Form = NumberForm.Percent }, head => head.SaturatedShare),
                ]),
                new BlockGrid(
                [
                    Map(sites, "Largest logit", "QK-clip acts above 100; float16 ends at 65504.", new Axis("Largest logit"), head => head.Room.MaxLogit),
                    Map(sites, "Sink", "The attention that one fixed key gets, averaged over the queries.", new Axis("Mean attention of the favourite key") { Min = 0, Max = 1, Form = NumberForm.Percent }, head => head.SinkMass),
                ]),
                new BlockGrid(
                [
                    Map(sites, "Effective temperature", "Of standardised logits with the same entropy; small is sharp.", new Axis("Effective temperature") { Min = 0 }, head => head.EffectiveTemperature),
                    Map(sites, "First key", "The attention that the first key gets, where many models park what they do not need.", new Axis("Mean attention of key 0") { Min = 0, Max = 1, Form = NumberForm.Percent }, head => head.FirstKeyMass.Mean),
                ]),
            ])
        {
            Lead = "One row a layer, one column a head. A layer without a head of that number leaves the place empty.",
        };
    }

    private static HeatmapChart Map(SoftmaxSite[] sites, string title, string caption, Axis value, Func<HeadVitals, double> of)
    {
        int heads = sites.Max(site => site.Heads.Count);
        return new HeatmapChart
        {
            Title = title,
            Caption = caption,
            Height = sites.Length > 8 ? ChartHeight.Large : ChartHeight.Medium,
            ColumnName = "Head",
            Columns = [.. Enumerable.Range(0, heads).Select(Number)],
            RowName = "Layer",
            Rows = [.. sites.Select(site => Number(site.Layer!.Value))],
            Value = value,
            Values = [.. sites.Select(site => Enumerable.Range(0, heads).Select(head => head < site.Heads.Count ? of(site.Heads[head]) : double.NaN).ToArray())],
        };
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
