namespace Kelvin.Inspection.Sites;

/// <summary>A softmax that is in the model but not to be seen.</summary>
/// <param name="Label">What it is called; within subgraphs the way to it, with slashes.</param>
/// <param name="Operator">The operator that holds it.</param>
/// <param name="Reason">Why it cannot be seen.</param>
/// <param name="Remedy">What would make it visible.</param>
public sealed record HiddenSoftmax(string Label, string Operator, string Reason, string Remedy);
