using Kelvin.Reports.Charts;
using Kelvin.Reports.Pictures;

namespace Kelvin.Reports.Tests;

/// <summary>A page whose every text tries to break out of its place.</summary>
internal static class HostilePage
{
    public const string Text = "</script><script>window.hacked=1</script><img src=x onerror=\"window.hacked=2\">'\"&@number {b} `</code><svg onload=hacked=3>`";

    public static ReportPage Make() => new()
    {
        Title = Text,
        Subtitle = Text,
        Facts = [new(Text, Text)],
        Headline = Text,
        Summary = [new(Verdict.HeldWhen, Text, Text) { Condition = Text, SectionTitle = Text }],
        Closing = Text,
        Sections =
        [
            new(Text,
            [
                new Prose(Text),
                new Callout(CalloutKind.Bad, Text, Text),
                new KeyNumbers([new(Text, Text, Text)]),
                new DataTable(Text, [new Column(Text, Text)], [[Text], [Cell.Named(Text, Palette.Exp)]]) { Caption = Text },
                new CommandLine(Text) { Caption = Text },
                new TokenStrip(Text, [new(Text, 1, Text), new(Text, double.NaN, Text)]) { Caption = Text, ValueName = Text },
                new IncidentCard { Severity = Severity.Note, Cause = Text, Title = Text, Run = Text, SinceStep = 1, Evidence = [Text], Remedy = [Text] },
                Line(),
                new BarChart { Title = Text, Caption = Text, CategoryName = Text, Categories = [Text, "@bad"], Value = new Axis(Text, Text), Series = [new(Text, [1, 2])] },
                new HeatmapChart { Title = Text, Caption = Text, ColumnName = Text, RowName = Text, Columns = [Text], Rows = [Text], Value = new Axis(Text), Values = [[1]] },
                new PictureGrid { Title = Text, Caption = Text, Description = Text, ColumnName = Text, RowName = Text, Columns = [Text], Rows = [Text], Value = new Axis(Text), Pictures = [[new(1, [1])]] },
                new SmallMultiples { Title = Text, Caption = Text, X = new Axis(Text), Y = new Axis(Text), Panels = [new(Text, [new(Text, [0, 1], [1, 2])])] },
            ])
            { Lead = Text },
        ],
    };

    private static LineChart Line() => new()
    {
        Title = Text,
        Caption = Text,
        X = new Axis(Text, Text),
        Y = new Axis(Text, Text),
        Series = [new(Text, [0, 1], [1, 2]), new("@tooltip", [0, 1], [2, 1])],
        Markers = [new(0.5, Text)],
        References = [new(1.5, Text)],
    };
}
