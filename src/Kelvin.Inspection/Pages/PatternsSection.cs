using System.Globalization;
using Kelvin.Inspection.Sites;
using Kelvin.Reports;
using Kelvin.Reports.Charts;
using Kelvin.Reports.Pictures;

namespace Kelvin.Inspection.Pages;

/// <summary>Where the heads that stand out most look, as pictures.</summary>
internal static class PatternsSection
{
    private const int Across = 4;

    public static Section Of(InspectionReport report)
    {
        int cell = report.Patterns[0].Tokens;
        AttentionPattern[][] rows = [.. report.Patterns.Chunk(Across)];
        return new Section("Where the heads look", [Sheet(rows), Names(report)])
        {
            Lead = cell == 1
                ? "One picture a head: queries from top to bottom, keys from left to right, white is all the attention."
                : string.Create(CultureInfo.InvariantCulture, $"One picture a head: queries from top to bottom, keys from left to right, each cell {cell} tokens long; white is all the attention."),
        };
    }

    private static PictureGrid Sheet(AttentionPattern[][] rows) => new()
    {
        Title = "Attention",
        Caption = "A white column is a sink, a white diagonal a head that looks at its own or a near token, grey everywhere a head that averages.",
        Description = $"The attention of {string.Join(", ", rows.SelectMany(row => row).Select(Name))}; their numbers stand in the table below.",
        ColumnName = "Rank",
        Columns = [.. Enumerable.Range(1, Math.Min(Across, rows[0].Length)).Select(Number)],
        RowName = "From",
        Rows = [.. rows.Select((_, row) => Number((row * Across) + 1))],
        Value = new Axis("Attention") { Min = 0, Max = 1 },
        Pictures = [.. rows.Select(row => row.Select(pattern => new Picture(pattern.Size, pattern.Cells)).ToArray())],
    };

    private static DataTable Names(InspectionReport report)
    {
        Dictionary<int, SoftmaxSite> layers = report.Attention.ToDictionary(site => site.Layer!.Value);
        return new DataTable(
            "The heads of the pictures",
            ["Rank", "Head", "State", "H / log k", "Saturated rows", "Sink key", "Its attention", "Largest logit", "T"],
            [.. report.Patterns.Select((pattern, rank) => Row(rank + 1, pattern, layers[pattern.Layer].Heads[pattern.Head]))])
        {
            Caption = "Heads with a state come first, each kind by how far it goes; then those with the most saturated rows or the largest sink.",
        };
    }

    private static Cell[] Row(int rank, AttentionPattern pattern, HeadVitals head) =>
    [
        rank,
        Name(pattern),
        InspectionWords.States(head),
        head.NormalizedEntropy.Mean,
        Cell.Percent(head.SaturatedShare),
        head.SinkIndex,
        Cell.Percent(head.SinkMass),
        head.Room.MaxLogit,
        head.EffectiveTemperature,
    ];

    private static string Name(AttentionPattern pattern) => string.Create(CultureInfo.InvariantCulture, $"layer {pattern.Layer}, head {pattern.Head}");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
