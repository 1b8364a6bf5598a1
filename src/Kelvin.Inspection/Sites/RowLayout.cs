namespace Kelvin.Inspection.Sites;

/// <summary>Where the rows of a softmax lie in a tensor.</summary>
/// <param name="Outer">Product of the dimensions before the axis.</param>
/// <param name="Length">Entries of a row.</param>
/// <param name="Inner">Product of the dimensions after the axis: the distance of a row's neighbours.</param>
/// <param name="Heads">Number of heads; 0 where there are none.</param>
/// <param name="RowsOfHead">Rows of one head that follow each other.</param>
internal readonly record struct RowLayout(int Outer, int Length, int Inner, int Heads, int RowsOfHead)
{
    /// <summary>Number of rows.</summary>
    public int Rows => Outer * Inner;

    /// <summary>The layout of a softmax over one axis, or over all dimensions from an axis on.</summary>
    /// <param name="shape">Shape of the tensor.</param>
    /// <param name="axis">The axis, from 0.</param>
    /// <param name="isFlattened">Whether all dimensions from the axis on make one row, as before operator set 13.</param>
    public static RowLayout Of(ReadOnlySpan<long> shape, int axis, bool isFlattened)
    {
        int end = isFlattened ? shape.Length : Math.Min(axis + 1, shape.Length);
        bool hasHeads = shape.Length == 4 && end == axis + 1;
        long[] rest = hasHeads ? [.. shape[..axis], .. shape[end..]] : [];
        return new RowLayout(
            Product(shape[..axis]), Product(shape[axis..end]), Product(shape[end..]), hasHeads ? checked((int)rest[1]) : 0, hasHeads ? checked((int)rest[2]) : 0);
    }

    /// <summary>Index of the first entry of a row.</summary>
    public int Start(int row) => (row / Inner * Length * Inner) + (row % Inner);

    /// <summary>The head that a row belongs to; 0 where there are none.</summary>
    public int HeadOf(int row) => Heads == 0 ? 0 : row / RowsOfHead % Heads;

    private static int Product(ReadOnlySpan<long> dimensions)
    {
        int product = 1;
        foreach (long dimension in dimensions)
            product = checked(product * (int)dimension);
        return product;
    }
}
