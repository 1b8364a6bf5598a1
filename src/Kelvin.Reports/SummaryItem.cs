namespace Kelvin.Reports;

/// <summary>One claim and what became of it.</summary>
/// <param name="Verdict">Whether it held; drawn as a badge with a sign and words, never by colour alone.</param>
/// <param name="Claim">The claim in one plain sentence.</param>
/// <param name="Detail">The numbers behind the verdict, as in <see cref="Prose"/>.</param>
public sealed record SummaryItem(Verdict Verdict, string Claim, string Detail)
{
    /// <summary>For <see cref="Verdict.HeldWhen"/>: the condition, to be read after "held when"; empty otherwise.</summary>
    public string Condition { get; init; } = "";

    /// <summary>Title of the section that shows it; the item links there. Empty, or a title the page lacks: no link.</summary>
    public string SectionTitle { get; init; } = "";
}
