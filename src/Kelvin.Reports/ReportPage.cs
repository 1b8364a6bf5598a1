namespace Kelvin.Reports;

/// <summary>One report: what stands at its top, what it found in plain words, and the sections that show why.</summary>
/// <remarks>Every text is plain text: it is escaped when drawn. Longer texts know two marks, **strong** and `code`.</remarks>
public sealed record ReportPage
{
    /// <summary>What the report is about; heading and window title.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences under the title: the question that the report answers.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>How the report came about: version, seed, machine, duration; drawn in this order.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>One plain sentence that a reader takes away when reading nothing else; empty for none.</summary>
    public string Headline { get; init; } = "";

    /// <summary>What held and what did not, drawn as cards with a badge in words before all sections.</summary>
    public IReadOnlyList<SummaryItem> Summary { get; init; } = [];

    /// <summary>The sections, in reading order; each gets an entry in the navigation.</summary>
    public IReadOnlyList<Section> Sections { get; init; } = [];

    /// <summary>The last line of the page, for example how to make the report again; empty for none.</summary>
    public string Closing { get; init; } = "";
}
