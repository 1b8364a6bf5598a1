namespace Kelvin.Transformers.Checkpoints;

/// <summary>A tensor to be written: what it is called, how it is stored, and its shape.</summary>
/// <param name="Name">Any text but <c>__metadata__</c>; each tensor of a file has another.</param>
/// <param name="Type">F32, F16 or BF16.</param>
/// <param name="Shape">Sizes of the dimensions, the last contiguous; empty for a single number.</param>
public sealed record TensorSpec(string Name, TensorType Type, IReadOnlyList<long> Shape)
{
    internal long Elements => Shape.Aggregate(1L, (product, size) => checked(product * size));
}
