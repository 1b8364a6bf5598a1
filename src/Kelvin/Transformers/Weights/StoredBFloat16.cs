using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Transformers.Weights;

/// <summary>The upper 16 bits of a float; the lower ones are 0.</summary>
internal readonly struct StoredBFloat16 : IStoredFormat<ushort>
{
    private const int Shift = 16;

    public static float Widen(ushort stored) => BitConverter.UInt32BitsToSingle((uint)stored << Shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Widen128(ref ushort origin, nuint offset) =>
        (Vector128.WidenLower(EightNumbers.Load(ref origin, offset)) << Shift).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Widen256(ref ushort origin, nuint offset) =>
        (EightNumbers.Widen(Vector128.LoadUnsafe(ref origin, offset)) << Shift).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Widen512(ref ushort origin, nuint offset) =>
        (Vector512.WidenLower(Vector256.LoadUnsafe(ref origin, offset).ToVector512Unsafe()) << Shift).AsSingle();

    /// <summary>The nearest BF16 number, ties to even; NaN stays NaN.</summary>
    public static ushort Round(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value)
            ? (ushort)((bits >> Shift) | 0x40)   // a quiet NaN, even if what said so was in the lower bits
            : (ushort)((bits + 0x7FFF + ((bits >> Shift) & 1)) >> Shift);
    }
}
