using System.Numerics;
using Kelvin.Softmax;

namespace Kelvin.Tests.Networks;

/// <summary>Runs an element map with vectors of a given width, and says how far it is from a reference.</summary>
internal static class Units
{
    public static T[] Map<TMap, T>(int bits, T[] x, T[] y, T a)
        where TMap : struct, IElementMap
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] output = new T[x.Length];
        switch (bits)
        {
            case 512:
                ElementPass.Map<TMap, Lanes512<T>, T>(x, y, output, a);
                break;
            case 256:
                ElementPass.Map<TMap, Lanes256<T>, T>(x, y, output, a);
                break;
            case 128:
                ElementPass.Map<TMap, Lanes128<T>, T>(x, y, output, a);
                break;
            default:
                ElementPass.Map<TMap, Lanes1<T>, T>(x, y, output, a);
                break;
        }

        return output;
    }

    /// <summary>Numbers of every size on both sides of 0, up to <paramref name="reach"/>.</summary>
    public static T[] Spread<T>(double reach)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(-3000, 6001).Select(i => T.CreateChecked(reach * Math.Pow(Math.Abs(i) / 3000.0, 3) * Math.Sign(i)))];

    /// <summary>Unit roundoff: 2⁻²⁴ or 2⁻⁵³.</summary>
    public static double Roundoff<T>() => typeof(T) == typeof(float) ? Math.ScaleB(1, -24) : Math.ScaleB(1, -53);

    /// <summary>Smallest normal number.</summary>
    public static double Smallest<T>() => typeof(T) == typeof(float) ? 1.1754943508222875e-38 : 2.2250738585072014e-308;
}
