namespace Kelvin.Reports;

/// <summary>One token of a text and its value.</summary>
/// <param name="Text">Its characters; blanks and line ends are kept.</param>
/// <param name="Value">From 0; the largest of the strip has the full shade. NaN: no shade, as for a prompt.</param>
/// <param name="Detail">Its numbers in words, shown when it is pointed at.</param>
public sealed record TokenMark(string Text, double Value, string Detail = "");
