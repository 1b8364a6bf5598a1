using System.Globalization;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>Where one tensor lies in a safetensors file, and what it is.</summary>
/// <param name="Name">As the file spells it.</param>
/// <param name="Type">Type of the elements.</param>
/// <param name="Shape">Sizes of the dimensions, the last contiguous; empty for a single number.</param>
/// <param name="Begin">First byte, counted from the start of the data section.</param>
/// <param name="Bytes">Length in bytes.</param>
public sealed record TensorInfo(string Name, TensorType Type, IReadOnlyList<long> Shape, long Begin, long Bytes)
{
    /// <summary>Number of elements: the product of the shape, 1 for an empty shape.</summary>
    public long Elements => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>The byte after the last, counted from the start of the data section.</summary>
    internal long End => Begin + Bytes;

    /// <summary>The shape as errors write it: <c>8x6</c>, or <c>scalar</c>.</summary>
    internal static string Text(IReadOnlyList<long> shape) =>
        shape.Count == 0 ? "scalar" : string.Join('x', shape.Take(16).Select(size => size.ToString(CultureInfo.InvariantCulture)));
}
