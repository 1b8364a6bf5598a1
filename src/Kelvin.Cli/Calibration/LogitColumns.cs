namespace Kelvin.Cli.Calibration;

/// <summary>Which columns of a file hold what; all others hold logits, in the order of the classes.</summary>
/// <param name="Label">The label's column, or null: <c>label</c>, else the last.</param>
/// <param name="Split">The column that says calibration or test, or null: <c>split</c> where there is one.</param>
/// <param name="FitsAll">Whether all rows are used both to fit and to measure.</param>
internal sealed record LogitColumns(string? Label, string? Split, bool FitsAll);
