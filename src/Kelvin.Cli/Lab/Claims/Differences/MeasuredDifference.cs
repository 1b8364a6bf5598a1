namespace Kelvin.Cli.Lab.Claims.Differences;

/// <summary>A number of ours that is not the reference's, followed from its setting to ours, one factor at a time.</summary>
/// <param name="Id">The claim that it belongs to, or two with a slash.</param>
/// <param name="Question">What differs.</param>
/// <param name="Measure">What the columns hold.</param>
/// <param name="IsShare">Whether they hold shares, shown in per cent.</param>
/// <param name="Columns">The name of each.</param>
/// <param name="Steps">The settings; the first is the reference's own.</param>
internal sealed record MeasuredDifference(
    string Id, string Question, string Measure, bool IsShare, IReadOnlyList<string> Columns, IReadOnlyList<DifferenceStep> Steps);
