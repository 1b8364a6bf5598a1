using System.Numerics;
using System.Numerics.Tensors;

namespace Kelvin.Linear;

/// <summary>The beta of a product: what is left of the old result.</summary>
internal static class VectorScale
{
    /// <summary>y ← beta·y; at beta = 0 the old y is not read.</summary>
    public static void Apply<T>(Span<T> y, T beta)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (beta == T.Zero)
            y.Clear();
        else if (beta != T.One)
            TensorPrimitives.Multiply(y, beta, y);
    }
}
