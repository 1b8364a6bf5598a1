using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kelvin.Softmax;

/// <summary>A matrix of eight rows of eight numbers, each row a vector.</summary>
internal static class EightByEight
{
    /// <summary>Rows become columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(
        ref Vector512<double> r0,
        ref Vector512<double> r1,
        ref Vector512<double> r2,
        ref Vector512<double> r3,
        ref Vector512<double> r4,
        ref Vector512<double> r5,
        ref Vector512<double> r6,
        ref Vector512<double> r7)
    {
        if (!Avx512F.IsSupported)
        {
            (r0, r1, r2, r3, r4, r5, r6, r7) = (
                Column(0, r0, r1, r2, r3, r4, r5, r6, r7), Column(1, r0, r1, r2, r3, r4, r5, r6, r7),
                Column(2, r0, r1, r2, r3, r4, r5, r6, r7), Column(3, r0, r1, r2, r3, r4, r5, r6, r7),
                Column(4, r0, r1, r2, r3, r4, r5, r6, r7), Column(5, r0, r1, r2, r3, r4, r5, r6, r7),
                Column(6, r0, r1, r2, r3, r4, r5, r6, r7), Column(7, r0, r1, r2, r3, r4, r5, r6, r7));
            return;
        }

        // Pairs of rows first, then pairs of pairs: each vector is four pieces of 128 bits.
        Fours(Avx512F.UnpackLow(r0, r1), Avx512F.UnpackLow(r2, r3), Avx512F.UnpackLow(r4, r5), Avx512F.UnpackLow(r6, r7), out Vector512<double> c0, out Vector512<double> c2, out Vector512<double> c4, out Vector512<double> c6);
        Fours(Avx512F.UnpackHigh(r0, r1), Avx512F.UnpackHigh(r2, r3), Avx512F.UnpackHigh(r4, r5), Avx512F.UnpackHigh(r6, r7), out r1, out r3, out r5, out r7);
        (r0, r2, r4, r6) = (c0, c2, c4, c6);
    }

    /// <summary>A matrix of four rows of four pieces: rows become columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fours(
        Vector512<double> a,
        Vector512<double> b,
        Vector512<double> c,
        Vector512<double> d,
        out Vector512<double> first,
        out Vector512<double> second,
        out Vector512<double> third,
        out Vector512<double> fourth)
    {
        const byte Even = 0b10_00_10_00, Odd = 0b11_01_11_01;
        Vector512<double> evenAB = Avx512F.Shuffle4x128(a, b, Even), evenCD = Avx512F.Shuffle4x128(c, d, Even);
        Vector512<double> oddAB = Avx512F.Shuffle4x128(a, b, Odd), oddCD = Avx512F.Shuffle4x128(c, d, Odd);
        first = Avx512F.Shuffle4x128(evenAB, evenCD, Even);
        second = Avx512F.Shuffle4x128(oddAB, oddCD, Even);
        third = Avx512F.Shuffle4x128(evenAB, evenCD, Odd);
        fourth = Avx512F.Shuffle4x128(oddAB, oddCD, Odd);
    }

    private static Vector512<double> Column(
        int j,
        in Vector512<double> r0,
        in Vector512<double> r1,
        in Vector512<double> r2,
        in Vector512<double> r3,
        in Vector512<double> r4,
        in Vector512<double> r5,
        in Vector512<double> r6,
        in Vector512<double> r7) =>
        Vector512.Create(r0[j], r1[j], r2[j], r3[j], r4[j], r5[j], r6[j], r7[j]);
}
