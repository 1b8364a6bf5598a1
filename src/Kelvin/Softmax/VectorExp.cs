namespace Kelvin.Softmax;

/// <summary>exp over spans, vectorised. Error ≤ 1.25 ulp in float and 1 ulp in double; underflow is gradual.</summary>
/// <remarks>
/// <para>exp(x) = 2ⁿ·2^f, n = ⌊x log₂e⌉; f from an exact product, 2^f by <see cref="Exp2Polynomial"/>.</para>
/// <para>−∞ gives 0, +∞ gives +∞, NaN gives NaN. Results below the smallest normal number are rounded once more.</para>
/// <para>The bound needs a machine with fused multiply-add; without, |x| more half ulps come in.</para>
/// </remarks>
internal static class VectorExp
{
    /// <summary>yᵢ = exp(xᵢ); y may be x.</summary>
    public static void Exp(ReadOnlySpan<float> x, Span<float> y)
    {
        Require.Length<float>(y, x.Length);
        RowKernels<float>.Best.Exp(x, y);
    }

    /// <inheritdoc cref="Exp(ReadOnlySpan{float}, Span{float})"/>
    public static void Exp(ReadOnlySpan<double> x, Span<double> y)
    {
        Require.Length<double>(y, x.Length);
        RowKernels<double>.Best.Exp(x, y);
    }
}
