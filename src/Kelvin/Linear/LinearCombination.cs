using System.Numerics;
using System.Numerics.Tensors;

namespace Kelvin.Linear;

/// <summary>a·x + b·y (+ c·z), element by element.</summary>
internal static class LinearCombination
{
    /// <summary>a·x + b·y; the result may lie on x or y.</summary>
    public static void Of<T>(double a, ReadOnlySpan<T> x, double b, ReadOnlySpan<T> y, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.Length(y, x.Length);
        Require.Length<T>(result, x.Length);
        Combine(T.CreateTruncating(a), x, T.CreateTruncating(b), y, result);
    }

    /// <summary>result + c·z, where z may be empty if c is 0.</summary>
    public static void Add<T>(double c, ReadOnlySpan<T> z, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (c == 0)
            return;
        Require.Length(z, result.Length);
        TensorPrimitives.MultiplyAdd(z, T.CreateTruncating(c), result, result);
    }

    private static void Combine<T>(T a, ReadOnlySpan<T> x, T b, ReadOnlySpan<T> y, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int wide = x.Length - (x.Length % Vector<T>.Count);
        for (int i = 0; i < wide; i += Vector<T>.Count)
            ((new Vector<T>(x[i..]) * a) + (new Vector<T>(y[i..]) * b)).CopyTo(result[i..]);
        for (int i = wide; i < x.Length; i++)
            result[i] = (a * x[i]) + (b * y[i]);
    }
}
