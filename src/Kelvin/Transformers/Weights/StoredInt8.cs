using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kelvin.Transformers.Weights;

/// <summary>Integers from −127 to 127; the row's scale is applied to the sum.</summary>
internal readonly struct StoredInt8 : IStoredFormat<sbyte>
{
    public static float Widen(sbyte stored) => stored;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Widen128(ref sbyte origin, nuint offset)
    {
        int four = Unsafe.ReadUnaligned<int>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref origin, offset)));
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(four).AsSByte())));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Widen256(ref sbyte origin, nuint offset) =>
        Vector256.ConvertToSingle(EightNumbers.Widen(EightNumbers.Load(ref origin, offset)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Widen512(ref sbyte origin, nuint offset)
    {
        Vector128<sbyte> sixteen = Vector128.LoadUnsafe(ref origin, offset);
        return Avx512F.IsSupported
            ? Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(sixteen))   // one step instead of two
            : Vector512.ConvertToSingle(Vector512.WidenLower(Vector256.WidenLower(sixteen.ToVector256Unsafe()).ToVector512Unsafe()));
    }
}
