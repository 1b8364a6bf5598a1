namespace Kelvin.Softmax;

/// <summary>exp over spans, vectorised. Error ≤ 1.5 ulp in float and double on any machine; underflow is gradual.</summary>
/// <remarks>
/// <para>exp(x) = 2ⁿ·2^−g, n = ⌊x log₂e⌉, g = (n ln 2 − x) log₂e with ln 2 in two parts; 2^−g by <see cref="Exp2Polynomial"/>.
/// With fused multiply-add, 1.1 ulp is the worst measured in float and 1 in double.</para>
/// <para>−∞ gives 0, +∞ and overflow give +∞, NaN gives NaN. Results below the smallest normal number are rounded once more.</para>
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
