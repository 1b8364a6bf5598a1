using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kelvin.Softmax;

/// <summary>A matrix of eight rows of eight numbers that lies in memory.</summary>
internal static class EightByEight
{
    private const nuint Side = 8;

    /// <summary>Rows, <paramref name="fromStride"/> numbers apart, become columns, and columns rows that lie <paramref name="toStride"/> apart.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(ref readonly double from, nuint fromStride, ref double to, nuint toStride)
    {
        if (Avx512F.IsSupported)
        {
            Whole(in from, fromStride, ref to, toStride);
        }
        else if (Avx.IsSupported)
        {
            for (nuint i = 0; i < Side; i += 4)
            {
                Quarter(in Unsafe.Add(ref Unsafe.AsRef(in from), i * fromStride), fromStride, ref Unsafe.Add(ref to, i), toStride);
                Quarter(in Unsafe.Add(ref Unsafe.AsRef(in from), (i * fromStride) + 4), fromStride, ref Unsafe.Add(ref to, i + (4 * toStride)), toStride);
            }
        }
        else
        {
            OneByOne(in from, fromStride, Side, ref to, toStride);
        }
    }

    /// <summary>Eight rows of four numbers, one after another, become four columns that lie <paramref name="toStride"/> apart.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Columns(ref readonly double from, ref double to, nuint toStride)
    {
        if (Avx512F.IsSupported)
        {
            const byte Lower = 0b01_00_01_00, Upper = 0b11_10_11_10;
            Vector512<double> r01 = Vector512.LoadUnsafe(in from), r23 = Vector512.LoadUnsafe(in from, 8);
            Vector512<double> r45 = Vector512.LoadUnsafe(in from, 16), r67 = Vector512.LoadUnsafe(in from, 24);
            Vector512<long> first = Vector512.Create(0L, 4, 8, 12, 1, 5, 9, 13), last = Vector512.Create(2L, 6, 10, 14, 3, 7, 11, 15);
            Vector512<double> a = Avx512F.PermuteVar8x64x2(r01, first, r23), b = Avx512F.PermuteVar8x64x2(r45, first, r67);
            Vector512<double> c = Avx512F.PermuteVar8x64x2(r01, last, r23), d = Avx512F.PermuteVar8x64x2(r45, last, r67);
            Avx512F.Shuffle4x128(a, b, Lower).StoreUnsafe(ref to);
            Avx512F.Shuffle4x128(a, b, Upper).StoreUnsafe(ref to, toStride);
            Avx512F.Shuffle4x128(c, d, Lower).StoreUnsafe(ref to, 2 * toStride);
            Avx512F.Shuffle4x128(c, d, Upper).StoreUnsafe(ref to, 3 * toStride);
        }
        else if (Avx.IsSupported)
        {
            Quarter(in from, 4, ref to, toStride);
            Quarter(in Unsafe.Add(ref Unsafe.AsRef(in from), 16), 4, ref Unsafe.Add(ref to, 4), toStride);
        }
        else
        {
            OneByOne(in from, 4, 4, ref to, toStride);
        }
    }

    /// <summary>Eight rows of so many columns where the machine has no vectors of four.</summary>
    private static void OneByOne(ref readonly double from, nuint fromStride, nuint columns, ref double to, nuint toStride)
    {
        for (nuint i = 0; i < Side; i++)
        {
            for (nuint j = 0; j < columns; j++)
                Unsafe.Add(ref to, (j * toStride) + i) = Unsafe.Add(ref Unsafe.AsRef(in from), (i * fromStride) + j);
        }
    }

    /// <summary>Four rows of four become columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(ref readonly double from, nuint fromStride, ref double to, nuint toStride)
    {
        const byte Lower = 0x20, Upper = 0x31;
        Vector256<double> a = Vector256.LoadUnsafe(in from), b = Vector256.LoadUnsafe(in from, fromStride);
        Vector256<double> c = Vector256.LoadUnsafe(in from, 2 * fromStride), d = Vector256.LoadUnsafe(in from, 3 * fromStride);
        Vector256<double> evenAB = Avx.UnpackLow(a, b), oddAB = Avx.UnpackHigh(a, b), evenCD = Avx.UnpackLow(c, d), oddCD = Avx.UnpackHigh(c, d);
        Avx.Permute2x128(evenAB, evenCD, Lower).StoreUnsafe(ref to);
        Avx.Permute2x128(oddAB, oddCD, Lower).StoreUnsafe(ref to, toStride);
        Avx.Permute2x128(evenAB, evenCD, Upper).StoreUnsafe(ref to, 2 * toStride);
        Avx.Permute2x128(oddAB, oddCD, Upper).StoreUnsafe(ref to, 3 * toStride);
    }

    /// <summary>Pairs of rows first, then pairs of pairs: each vector is four pieces of 128 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Whole(ref readonly double from, nuint fromStride, ref double to, nuint toStride)
    {
        Vector512<double> r0 = Vector512.LoadUnsafe(in from), r1 = Vector512.LoadUnsafe(in from, fromStride);
        Vector512<double> r2 = Vector512.LoadUnsafe(in from, 2 * fromStride), r3 = Vector512.LoadUnsafe(in from, 3 * fromStride);
        Vector512<double> r4 = Vector512.LoadUnsafe(in from, 4 * fromStride), r5 = Vector512.LoadUnsafe(in from, 5 * fromStride);
        Vector512<double> r6 = Vector512.LoadUnsafe(in from, 6 * fromStride), r7 = Vector512.LoadUnsafe(in from, 7 * fromStride);
        Fours(Avx512F.UnpackLow(r0, r1), Avx512F.UnpackLow(r2, r3), Avx512F.UnpackLow(r4, r5), Avx512F.UnpackLow(r6, r7), ref to, 2 * toStride);
        Fours(Avx512F.UnpackHigh(r0, r1), Avx512F.UnpackHigh(r2, r3), Avx512F.UnpackHigh(r4, r5), Avx512F.UnpackHigh(r6, r7), ref Unsafe.Add(ref to, toStride), 2 * toStride);
    }

    /// <summary>A matrix of four rows of four pieces: rows become columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fours(Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d, ref double to, nuint stride)
    {
        const byte Even = 0b10_00_10_00, Odd = 0b11_01_11_01;
        Vector512<double> evenAB = Avx512F.Shuffle4x128(a, b, Even), evenCD = Avx512F.Shuffle4x128(c, d, Even);
        Vector512<double> oddAB = Avx512F.Shuffle4x128(a, b, Odd), oddCD = Avx512F.Shuffle4x128(c, d, Odd);
        Avx512F.Shuffle4x128(evenAB, evenCD, Even).StoreUnsafe(ref to);
        Avx512F.Shuffle4x128(oddAB, oddCD, Even).StoreUnsafe(ref to, stride);
        Avx512F.Shuffle4x128(evenAB, evenCD, Odd).StoreUnsafe(ref to, 2 * stride);
        Avx512F.Shuffle4x128(oddAB, oddCD, Odd).StoreUnsafe(ref to, 3 * stride);
    }
}
