using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Transformers.Weights;

/// <summary>Halves among which are ±∞ or NaN: one at a time, which is slow and rare.</summary>
internal readonly struct StoredAnyFloat16 : IStoredFormat<short>
{
    public static float Widen(short stored) => StoredFloat16.Widen(stored);

    public static Vector128<float> Widen128(ref short origin, nuint offset) => Vector128.Create(
        At(ref origin, offset), At(ref origin, offset + 1), At(ref origin, offset + 2), At(ref origin, offset + 3));

    public static Vector256<float> Widen256(ref short origin, nuint offset) =>
        Vector256.Create(Widen128(ref origin, offset), Widen128(ref origin, offset + 4));

    public static Vector512<float> Widen512(ref short origin, nuint offset) =>
        Vector512.Create(Widen256(ref origin, offset), Widen256(ref origin, offset + 8));

    private static float At(ref short origin, nuint offset) => Widen(Unsafe.Add(ref origin, offset));
}
