using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kelvin.Transformers.Attention;

/// <summary>Eight numbers of type T as eight doubles.</summary>
internal static class WideLanes
{
    public const int Count = 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load<T>(ref readonly T source, nuint offset)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
            return Vector512.LoadUnsafe(ref Unsafe.As<T, double>(ref Unsafe.AsRef(in source)), offset);
        Vector256<float> eight = Vector256.LoadUnsafe(ref Unsafe.As<T, float>(ref Unsafe.AsRef(in source)), offset);
        if (Avx512F.IsSupported)
            return Avx512F.ConvertToVector512Double(eight);   // one instruction, of which the portable way below makes six
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(eight);
        return Vector512.Create(low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector512<double> value, ref T destination, nuint offset)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
            value.StoreUnsafe(ref Unsafe.As<T, double>(ref destination), offset);
        else if (Avx512F.IsSupported)
            Avx512F.ConvertToVector256Single(value).StoreUnsafe(ref Unsafe.As<T, float>(ref destination), offset);
        else
            Vector256.Narrow(value.GetLower(), value.GetUpper()).StoreUnsafe(ref Unsafe.As<T, float>(ref destination), offset);
    }
}
