namespace Kelvin.Monitoring;

/// <summary>What is said about one cause.</summary>
/// <param name="Cause">Its name.</param>
/// <param name="Headline">How its incident's title begins.</param>
/// <param name="Action">How the title ends.</param>
/// <param name="Remedy">What to do, the first thing first.</param>
/// <param name="ExplainedBy">Causes of which this one is a consequence when they began no later.</param>
internal sealed record CauseEntry(
    string Cause, string Headline, string Action, IReadOnlyList<string> Remedy, IReadOnlyList<string> ExplainedBy);
