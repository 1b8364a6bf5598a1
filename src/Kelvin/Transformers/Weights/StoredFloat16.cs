using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Transformers.Weights;

/// <summary>Halves, all of them finite: their bits moved to where a float has them, then multiplied by 2¹¹², exactly.</summary>
/// <remarks>The multiplication turns the exponent's bias of 15 into 127 and makes subnormal halves normal. ±∞ and NaN would need a test each.</remarks>
internal readonly struct StoredFloat16 : IStoredFormat<short>
{
    private const int Shift = 13;

    /// <summary>Sign, exponent and mantissa after the shift; sign extension has filled the bits between with the sign.</summary>
    private const int Kept = unchecked((int)0x8FFFE000);

    /// <summary>2^(127 − 15).</summary>
    private const float Rebias = 5.192296858534828e33f;

    public static float Widen(short stored) => (float)BitConverter.Int16BitsToHalf(stored);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Widen128(ref short origin, nuint offset) =>
        ((Vector128.WidenLower(EightNumbers.Load(ref origin, offset)) << Shift)
            & Vector128.Create(Kept)).AsSingle() * Vector128.Create(Rebias);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Widen256(ref short origin, nuint offset) =>
        ((EightNumbers.Widen(Vector128.LoadUnsafe(ref origin, offset)) << Shift)
            & Vector256.Create(Kept)).AsSingle() * Vector256.Create(Rebias);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Widen512(ref short origin, nuint offset) =>
        ((Vector512.WidenLower(Vector256.LoadUnsafe(ref origin, offset).ToVector512Unsafe()) << Shift)
            & Vector512.Create(Kept)).AsSingle() * Vector512.Create(Rebias);
}
