using System.Numerics;

namespace Kelvin.Softmax;

/// <summary>The answers for a row whose maximum is not finite: masked entirely (nothing but −∞), or with NaN or +∞ in it.</summary>
internal static class Peculiar
{
    /// <summary>0 for a masked row, else NaN.</summary>
    public static T Probability<T>(ReadOnlySpan<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => IsMasked(z) ? T.Zero : T.NaN;

    /// <summary>−∞ for a masked row, else NaN.</summary>
    public static T LogProbability<T>(ReadOnlySpan<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => IsMasked(z) ? T.NegativeInfinity : T.NaN;

    private static bool IsMasked<T>(ReadOnlySpan<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => z.Count(T.NegativeInfinity) == z.Length;
}
