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

    /// <summary>The four columns of a matrix of eight rows of four, two rows a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Columns(
        Vector512<double> r01,
        Vector512<double> r23,
        Vector512<double> r45,
        Vector512<double> r67,
        out Vector512<double> c0,
        out Vector512<double> c1,
        out Vector512<double> c2,
        out Vector512<double> c3)
    {
        if (!Avx512F.IsSupported)
        {
            c0 = Vector512.Create(r01[0], r01[4], r23[0], r23[4], r45[0], r45[4], r67[0], r67[4]);
            c1 = Vector512.Create(r01[1], r01[5], r23[1], r23[5], r45[1], r45[5], r67[1], r67[5]);
            c2 = Vector512.Create(r01[2], r01[6], r23[2], r23[6], r45[2], r45[6], r67[2], r67[6]);
            c3 = Vector512.Create(r01[3], r01[7], r23[3], r23[7], r45[3], r45[7], r67[3], r67[7]);
            return;
        }

        const byte Lower = 0b01_00_01_00, Upper = 0b11_10_11_10;
        Vector512<long> first = Vector512.Create(0L, 4, 8, 12, 1, 5, 9, 13), last = Vector512.Create(2L, 6, 10, 14, 3, 7, 11, 15);
        Vector512<double> a = Avx512F.PermuteVar8x64x2(r01, first, r23), b = Avx512F.PermuteVar8x64x2(r45, first, r67);
        Vector512<double> c = Avx512F.PermuteVar8x64x2(r01, last, r23), d = Avx512F.PermuteVar8x64x2(r45, last, r67);
        c0 = Avx512F.Shuffle4x128(a, b, Lower);
        c1 = Avx512F.Shuffle4x128(a, b, Upper);
        c2 = Avx512F.Shuffle4x128(c, d, Lower);
        c3 = Avx512F.Shuffle4x128(c, d, Upper);
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
