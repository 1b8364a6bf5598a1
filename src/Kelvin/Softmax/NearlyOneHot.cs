using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>Rows of which one entry holds half or more: there g − ⟨p, g⟩ would cancel at that entry, and g is measured from its own value instead.</summary>
/// <remarks>With g' = g − g_argmax, g'_argmax − ⟨p, g'⟩ is minus the sum over the tail, in which nothing large is left.</remarks>
internal static class NearlyOneHot
{
    /// <summary>The share.</summary>
    public const double Share = 0.5;

    /// <summary>Whether a row with this largest probability is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is<T>(T largest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => largest + largest >= T.One;
}
