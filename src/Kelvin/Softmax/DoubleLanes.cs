using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kelvin.Softmax;

/// <summary>Ways into and out of vectors of doubles.</summary>
internal static class DoubleLanes
{
    /// <summary>Whether eight doubles are one vector.</summary>
    public static bool AreEight
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated;
    }

    /// <summary>Whether four doubles are one vector.</summary>
    public static bool AreFour
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.IsHardwareAccelerated;
    }

    /// <summary>Reads numbers of type T as doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<TLanes, T>(ref readonly T source, nuint offset)
        where TLanes : unmanaged, ILanes<TLanes, double>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
            return TLanes.Load(in Unsafe.As<T, double>(ref Unsafe.AsRef(in source)), offset);

        ref float from = ref Unsafe.As<T, float>(ref Unsafe.AsRef(in source));
        if (typeof(TLanes) == typeof(Lanes512<double>))
        {
            Vector256<float> eight = Vector256.LoadUnsafe(in from, offset);
            if (Avx512F.IsSupported)
                return Unsafe.BitCast<Vector512<double>, TLanes>(Avx512F.ConvertToVector512Double(eight));   // one instruction, of which the portable way below makes six
            return Unsafe.BitCast<Vector512<double>, TLanes>(Vector512.Create(Vector256.WidenLower(eight), Vector256.WidenUpper(eight)));
        }

        if (typeof(TLanes) == typeof(Lanes256<double>))
        {
            Vector128<float> four = Vector128.LoadUnsafe(in from, offset);
            return Unsafe.BitCast<Vector256<double>, TLanes>(
                Avx.IsSupported ? Avx.ConvertToVector256Double(four) : Vector256.Create(Vector128.WidenLower(four), Vector128.WidenUpper(four)));
        }

        return Unsafe.BitCast<Vector128<double>, TLanes>(Vector128.Create((double)Unsafe.Add(ref from, offset), Unsafe.Add(ref from, offset + 1)));
    }

    /// <summary>Writes doubles as numbers of type T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, T>(TLanes value, ref T destination, nuint offset)
        where TLanes : unmanaged, ILanes<TLanes, double>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
        {
            value.Store(ref Unsafe.As<T, double>(ref destination), offset);
            return;
        }

        ref float to = ref Unsafe.As<T, float>(ref destination);
        if (typeof(TLanes) == typeof(Lanes512<double>))
        {
            Vector512<double> eight = Unsafe.BitCast<TLanes, Vector512<double>>(value);
            (Avx512F.IsSupported ? Avx512F.ConvertToVector256Single(eight) : Vector256.Narrow(eight.GetLower(), eight.GetUpper())).StoreUnsafe(ref to, offset);
        }
        else if (typeof(TLanes) == typeof(Lanes256<double>))
        {
            Vector256<double> four = Unsafe.BitCast<TLanes, Vector256<double>>(value);
            (Avx.IsSupported ? Avx.ConvertToVector128Single(four) : Vector128.Narrow(four.GetLower(), four.GetUpper())).StoreUnsafe(ref to, offset);
        }
        else
        {
            Vector128<double> two = Unsafe.BitCast<TLanes, Vector128<double>>(value);
            Unsafe.Add(ref to, offset) = (float)two[0];
            Unsafe.Add(ref to, offset + 1) = (float)two[1];
        }
    }

    /// <summary>The lower 32 bits of integers, not negative, as numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes OfCounts<TLanes>(ref readonly long source, nuint offset)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        // The bits of 2⁵² with a count in the lowest: a number that much larger.
        const long Low = uint.MaxValue, TwoTo52 = 0x4330000000000000;
        TLanes magic = TLanes.All(4503599627370496.0);
        if (typeof(TLanes) == typeof(Lanes512<double>))
            return Unsafe.BitCast<Vector512<long>, TLanes>((Vector512.LoadUnsafe(in source, offset) & Vector512.Create(Low)) | Vector512.Create(TwoTo52)) - magic;
        if (typeof(TLanes) == typeof(Lanes256<double>))
            return Unsafe.BitCast<Vector256<long>, TLanes>((Vector256.LoadUnsafe(in source, offset) & Vector256.Create(Low)) | Vector256.Create(TwoTo52)) - magic;
        return Unsafe.BitCast<Vector128<long>, TLanes>((Vector128.LoadUnsafe(in source, offset) & Vector128.Create(Low)) | Vector128.Create(TwoTo52)) - magic;
    }
}
