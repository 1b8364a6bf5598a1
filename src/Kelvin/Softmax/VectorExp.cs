namespace Kelvin.Softmax;

/// <summary>exp over spans.</summary>
internal static class VectorExp
{
    /// <summary>yᵢ = exp(xᵢ); y may be x.</summary>
    public static void Exp(ReadOnlySpan<float> x, Span<float> y)
    {
        Require.Length<float>(y, x.Length);
        for (int i = 0; i < x.Length; i++)
            y[i] = MathF.Exp(x[i]);
    }

    /// <inheritdoc cref="Exp(ReadOnlySpan{float}, Span{float})"/>
    public static void Exp(ReadOnlySpan<double> x, Span<double> y)
    {
        Require.Length<double>(y, x.Length);
        for (int i = 0; i < x.Length; i++)
            y[i] = Math.Exp(x[i]);
    }
}
