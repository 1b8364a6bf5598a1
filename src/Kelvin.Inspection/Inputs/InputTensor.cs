namespace Kelvin.Inspection.Inputs;

/// <summary>A tensor that goes into a model.</summary>
/// <param name="Name">Name of the input; empty where its file does not say.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Bytes">Its elements, row-major, little-endian.</param>
/// <param name="Origin">Where it comes from, in words.</param>
internal sealed record InputTensor(string Name, ElementType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Bytes, string Origin)
{
    /// <summary>Number of elements of a shape; refuses negative ones and what does not fit into memory.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="place">File and input, for the message.</param>
    public static int Count(IReadOnlyList<long> shape, string place)
    {
        long count = 1;
        foreach (long size in shape)
        {
            if (size < 0 || (size > 0 && count > int.MaxValue / 8 / size))
                throw new InspectionException($"{place}: the shape {Elements.Shape(shape)} is no shape of a tensor that fits here.", "Give non-negative sizes and at most 268 million elements.");
            count *= size;
        }

        return (int)count;
    }
}
