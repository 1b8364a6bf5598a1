using System.Numerics;
using System.Numerics.Tensors;

namespace Kelvin.Diffusion;

/// <summary>silu(z) = z/(1 + e^−z) and its slope.</summary>
/// <remarks>Source: Elfwing, Uchibe and Doya, arXiv 1702.03118.</remarks>
internal static class Silu
{
    /// <summary>a = z·p and slope = p(1 + z(1 − p)) with p = 1/(1 + e^−z).</summary>
    public static void Forward<T>(ReadOnlySpan<T> z, Span<T> a, Span<T> slopes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TensorPrimitives.Sigmoid(z, slopes);
        TensorPrimitives.Multiply(z, slopes, a);
        int wide = z.Length - (z.Length % Vector<T>.Count);
        for (int i = 0; i < wide; i += Vector<T>.Count)
        {
            var p = new Vector<T>(slopes[i..]);
            (p + (new Vector<T>(a[i..]) * (Vector<T>.One - p))).CopyTo(slopes[i..]);
        }

        for (int i = wide; i < z.Length; i++)
            slopes[i] += a[i] * (T.One - slopes[i]);
    }
}
