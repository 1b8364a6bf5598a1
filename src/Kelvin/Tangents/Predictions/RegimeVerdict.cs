namespace Kelvin.Tangents;

/// <summary>Says, before training, whether the kernel at the start will predict it.</summary>
/// <param name="IsInRegime">Whether the loss predicted from the start is expected to stay within the tolerance.</param>
/// <param name="Reason">Why not, or that it holds.</param>
/// <param name="Explanation">The same in a sentence with its numbers.</param>
/// <param name="ExpectedError">Largest relative error of the predicted loss that is expected; +∞ where the path diverges.</param>
/// <param name="FirstOff">The step from which the prediction is expected to be off; null if none is.</param>
/// <param name="Path">The path that this was read from.</param>
public sealed record RegimeVerdict(
    bool IsInRegime, PredictionEnd Reason, string Explanation, double ExpectedError, int? FirstOff, PredictedPath Path);
