namespace Kelvin.Reports;

/// <summary>Sets one remark apart from the running text.</summary>
/// <param name="Kind">What sort of remark; it is said in words too.</param>
/// <param name="Title">The remark in a few words.</param>
/// <param name="Text">The remark at length, as in <see cref="Prose"/>.</param>
public sealed record Callout(CalloutKind Kind, string Title, string Text) : Block;
