namespace Kelvin.Transformers.Checkpoints;

/// <summary>A tensor that holds values which are no numbers.</summary>
/// <param name="Tensor">Its name in the checkpoint.</param>
/// <param name="Count">How many.</param>
public sealed record NonFiniteTensor(string Tensor, NonFiniteCount Count);
