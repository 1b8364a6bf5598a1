using System.Globalization;
using Kelvin.Inspection.Sites;
using Kelvin.Reports;

namespace Kelvin.Inspection.Pages;

/// <summary>The numbers of every softmax and every head.</summary>
internal static class NumbersSection
{
    private const int Most = 400;

    public static Section Of(InspectionReport report)
    {
        (SoftmaxSite Site, HeadVitals Head)[] heads = [.. report.Sites.SelectMany(site => site.Heads.Select(head => (site, head)))];
        var blocks = new List<Block> { Sites(report.Sites) };
        if (heads.Length > 0)
            blocks.Add(Heads(heads));
        return new Section("Numbers", blocks) { Lead = "Means over rows; largest logits are over all rows." };
    }

    private static DataTable Sites(IReadOnlyList<SoftmaxSite> sites) => new(
        "Every softmax",
        ["Softmax", "Kind", "Shape", "Axis", "Rows", new Column("Entropy", "nat"), "H / log k", "Largest p", "Participation", "Largest logit", "Log-sum-exp", "Variance", "T", "To 100", "To 65504", "Heads"],
        [.. sites.Select(site => Row(site))]);

    private static Cell[] Row(SoftmaxSite site) =>
    [
        site.Title,
        site.Kind.ToString().ToLowerInvariant(),
        string.Join('×', site.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture))),
        site.Axis,
        site.Whole.Rows,
        site.Whole.Entropy.Mean,
        site.Whole.NormalizedEntropy.Mean,
        site.Whole.MaxProbability.Mean,
        site.Whole.Participation.Mean,
        site.Whole.Room.MaxLogit,
        site.Whole.LogSumExp.Mean,
        site.Whole.Variance.Mean,
        site.Whole.EffectiveTemperature,
        site.Whole.Room.ToQkClip,
        site.Whole.Room.ToFloat16,
        InspectionWords.States(site),
    ];

    private static DataTable Heads((SoftmaxSite Site, HeadVitals Head)[] heads) => new(
        "Every head",
        ["Head", new Column("Entropy", "nat"), "H / log k", "Largest p", "Saturation", "Σp²", "Margin", "Largest logit", "Log-sum-exp", "Variance", "T", "Saturated rows", "Sink key", "Its attention", "First key", "State"],
        [.. heads.Take(Most).Select(pair => Row(pair.Site, pair.Head))])
    {
        Caption = heads.Length > Most
            ? string.Create(CultureInfo.InvariantCulture, $"The first {Most} of {heads.Length}; `--json` has all.")
            : "Saturation is (Σp² − 1/k)/(1 − 1/k): 0 for uniform, 1 for one-hot rows. The sink key is the one with the most attention. T is the effective temperature, variance that of the logits under their own softmax.",
    };

    private static Cell[] Row(SoftmaxSite site, HeadVitals head) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{(site.Layer is { } layer ? $"layer {layer}" : site.Label)}, head {head.Head}"),
        head.Entropy.Mean,
        head.NormalizedEntropy.Mean,
        head.MaxProbability.Mean,
        head.Saturation.Mean,
        head.SumSquares.Mean,
        head.MarginLogit.Mean,
        head.Room.MaxLogit,
        head.LogSumExp.Mean,
        head.Variance.Mean,
        head.EffectiveTemperature,
        Cell.Percent(head.SaturatedShare),
        head.SinkIndex,
        Cell.Percent(head.SinkMass),
        Cell.Percent(head.FirstKeyMass.Mean),
        InspectionWords.States(head),
    ];
}
