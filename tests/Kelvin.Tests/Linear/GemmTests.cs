using System.Numerics;
using System.Runtime.Intrinsics;
using CsCheck;
using Kelvin.Linear;

namespace Kelvin.Tests.Linear;

public sealed class GemmTests
{
    private static readonly Gen<(int M, int K, int N, int Seed, int Gap, bool Ta, bool Tb, int Alpha, int Beta)> Case =
        Gen.Select(
            Gen.Select(Gen.Int[1, 70], Gen.Frequency((9, Gen.Int[1, 90]), (1, Gen.Int[500, 1100])), Gen.Int[1, 140]),
            Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 5]),
            Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[-2, 3], Gen.Int[-1, 2]),
            (size, from, how) => (size.Item1, size.Item2, size.Item3, from.Item1, from.Item2, how.Item1, how.Item2, how.Item3, how.Item4));

    [Fact]
    public void Float_products_stay_within_the_stated_bound() => HoldTheBound<float>(Multiply);

    [Fact]
    public void Double_products_stay_within_the_stated_bound() => HoldTheBound<double>(Multiply);

    [Fact]
    public void Vectors_of_512_bits_hold_the_bound()
    {
        HoldTheBound<float>((p, t) => GemmJob<Simd512<float>, Vector512<float>, float>.Run(p, t), 30);
        HoldTheBound<double>((p, t) => GemmJob<Simd512<double>, Vector512<double>, double>.Run(p, t), 30);
    }

    [Fact]
    public void Vectors_of_256_bits_hold_the_bound()
    {
        HoldTheBound<float>((p, t) => GemmJob<Simd256<float>, Vector256<float>, float>.Run(p, t), 30);
        HoldTheBound<double>((p, t) => GemmJob<Simd256<double>, Vector256<double>, double>.Run(p, t), 30);
    }

    [Fact]
    public void Vectors_of_128_bits_hold_the_bound()
    {
        HoldTheBound<float>((p, t) => GemmJob<Simd128<float>, Vector128<float>, float>.Run(p, t), 30);
        HoldTheBound<double>((p, t) => GemmJob<Simd128<double>, Vector128<double>, double>.Run(p, t), 30);
    }

    [Fact]
    public void The_scalar_path_holds_the_bound()
    {
        HoldTheBound<float>((p, t) => GemmJob<SimdScalar<float>, float, float>.Run(p, t), 30);
        HoldTheBound<double>((p, t) => GemmJob<SimdScalar<double>, double, double>.Run(p, t), 30);
    }

    [Theory]
    [InlineData(300, 130, 200)]
    [InlineData(64, 4096, 64)]
    [InlineData(64, 64, 4096)]
    [InlineData(1, 2000, 2000)]
    [InlineData(97, 1025, 2100)]
    public void The_number_of_threads_changes_no_bit(int m, int k, int n)
    {
        MatrixView<float> a = Reference.Random<float>(m, k, 1);
        MatrixView<float> b = Reference.Random<float>(k, n, 2);
        MatrixView<float> old = Reference.Random<float>(m, n, 3);
        MatrixView<float> alone = Reference.Copy(old);
        Gemm.Multiply(0.7f, a, Transpose.No, b, Transpose.No, 0.3f, alone);

        foreach (int threads in (int[])[2, 3, 8])
        {
            MatrixView<float> together = Reference.Copy(old);
            Gemm.Multiply(0.7f, a, Transpose.No, b, Transpose.No, 0.3f, together, threads);

            Assert.True(Reference.AreSame<float>(alone, together));
        }
    }

    [Fact]
    public void A_wide_product_has_the_bits_of_its_narrow_parts()
    {
        HaveTheSameBits<float>(103, 1027, 521);    // rows of A a page apart: packed for so many columns, read where they lie for half of them
        HaveTheSameBits<double>(103, 517, 521);
        HaveTheSameBits<float>(103, 259, 521);

        static void HaveTheSameBits<T>(int m, int k, int n)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            MatrixView<T> a = Reference.Random<T>(m, k, 1);
            MatrixView<T> b = Reference.Random<T>(k, n, 2);
            MatrixView<T> whole = MatrixView.Allocate<T>(m, n);
            MatrixView<T> parts = MatrixView.Allocate<T>(m, n);
            Gemm.Multiply(T.One, a, Transpose.No, b, Transpose.No, T.Zero, whole);

            int half = n / 2;
            Gemm.Multiply(T.One, a, Transpose.No, b.Block(0, 0, k, half), Transpose.No, T.Zero, parts.Block(0, 0, m, half));
            Gemm.Multiply(T.One, a, Transpose.No, b.Block(0, half, k, n - half), Transpose.No, T.Zero, parts.Block(0, half, m, n - half));

            Assert.True(Reference.AreSame<T>(whole, parts));
        }
    }

    [Fact]
    public void A_row_of_the_product_depends_on_its_own_row_only() => Case.Sample(x =>
    {
        MatrixView<float> a = Reference.Random<float>(x.M, x.K, x.Seed);
        MatrixView<float> b = Reference.Random<float>(x.K, x.N, x.Seed + 1);
        MatrixView<float> whole = MatrixView.Allocate<float>(x.M, x.N);
        Gemm.Multiply(1, a, Transpose.No, b, Transpose.No, 0, whole);
        MatrixView<float> last = MatrixView.Allocate<float>(1, x.N);
        Gemm.Multiply(1, a.RowRange(x.M - 1, 1), Transpose.No, b, Transpose.No, 0, last);
        return Reference.AreSame<float>(last, whole.RowRange(x.M - 1, 1));
    }, iter: 50);

    [Fact]
    public void Nothing_beside_the_output_is_written() => Case.Sample(x =>
    {
        float[] memory = new float[(x.M + 2) * (x.N + 2)];
        MatrixView<float> frame = new(memory, x.M + 2, x.N + 2);
        Gemm.Multiply(
            1, Reference.Random<float>(x.M, x.K, 1), Transpose.No, Reference.Random<float>(x.K, x.N, 2), Transpose.No, 0, frame.Block(1, 1, x.M, x.N));
        frame.Block(1, 1, x.M, x.N).Row(0).Clear();
        for (int i = 1; i < x.M; i++)
            frame.Block(1, 1, x.M, x.N).Row(i).Clear();
        return !memory.AsSpan().ContainsAnyExcept(0f);
    }, iter: 50);

    [Fact]
    public void Beta_zero_overwrites_what_was_not_a_number()
    {
        MatrixView<double> c = MatrixView.From(new double[,] { { double.NaN } });

        Gemm.Multiply(1, MatrixView.From(new double[,] { { 2 } }), Transpose.No, MatrixView.From(new double[,] { { 3 } }), Transpose.No, 0, c);

        Assert.Equal(6, c[0, 0]);
    }

    [Fact]
    public void Alpha_zero_reads_no_factor()
    {
        MatrixView<double> c = MatrixView.From(new double[,] { { 5 } });
        MatrixView<double> nan = MatrixView.From(new double[,] { { double.NaN } });

        Gemm.Multiply(0, nan, Transpose.No, nan, Transpose.No, 2, c);

        Assert.Equal(10, c[0, 0]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_not_finite_stays_in_its_row_and_column(float value)
    {
        MatrixView<float> a = Reference.Random<float>(20, 30, 1);
        MatrixView<float> b = Reference.Random<float>(30, 70, 2);
        a[7, 3] = value;
        b[4, 65] = value;
        MatrixView<float> c = MatrixView.Allocate<float>(20, 70);

        Gemm.Multiply(1, a, Transpose.No, b, Transpose.No, 0, c);

        for (int i = 0; i < 20; i++)
        {
            for (int j = 0; j < 70; j++)
                Assert.Equal(i != 7 && j != 65, float.IsFinite(c[i, j]));
        }
    }

    [Fact]
    public void An_empty_sum_is_zero_and_an_empty_result_is_left_alone()
    {
        MatrixView<float> c = MatrixView.From(new float[,] { { 1, 2 } });
        Gemm.Multiply(1, MatrixView.Allocate<float>(1, 0), Transpose.No, MatrixView.Allocate<float>(0, 2), Transpose.No, 3, c);
        Assert.Equal([3, 6], c.Row(0).ToArray());

        Gemm.Multiply(1, MatrixView.Allocate<float>(1, 0), Transpose.No, MatrixView.Allocate<float>(0, 2), Transpose.No, 0, c);
        Assert.Equal([0, 0], c.Row(0).ToArray());

        Gemm.Multiply(1, MatrixView.Allocate<float>(0, 4), Transpose.No, MatrixView.Allocate<float>(4, 0), Transpose.No, 0, MatrixView.Allocate<float>(0, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Nothing_is_allocated_once_warm(int threads)
    {
        MatrixView<float> a = Reference.Random<float>(150, 120, 1);
        MatrixView<float> c = MatrixView.Allocate<float>(150, 150);
        for (int i = 0; i < 60; i++)
            Gemm.Multiply(1, a, Transpose.No, a, Transpose.Yes, 0, c, threads);

        long bytes = Allocations.Fewest(() =>
        {
            for (int i = 0; i < 20; i++)
                Gemm.Multiply(1, a, Transpose.No, a, Transpose.Yes, 0, c, threads);
        });

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        MatrixView<float> a = MatrixView.Allocate<float>(2, 3);

        ArgumentException inner = Assert.Throws<ArgumentException>(() => Gemm.Multiply(1, a, Transpose.No, a, Transpose.No, 0, a));
        ArgumentException outer = Assert.Throws<ArgumentException>(() => Gemm.Multiply(1, a, Transpose.No, a, Transpose.Yes, 0, a));

        Assert.StartsWith("op(B) is 2 × 3, but must be 3 × 3.", inner.Message, StringComparison.Ordinal);
        Assert.StartsWith("c is 2 × 3, but must be 2 × 2.", outer.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Gemm.Multiply(1, a, Transpose.No, a, Transpose.Yes, 0, MatrixView.Allocate<float>(2, 2), threads: 0));
        Assert.Throws<NotSupportedException>(() => Gemm.Multiply<Half>(
            Half.One, MatrixView.Allocate<Half>(1, 1), Transpose.No, MatrixView.Allocate<Half>(1, 1), Transpose.No, Half.One, MatrixView.Allocate<Half>(1, 1)));
    }

    private static void Multiply<T>(GemmProblem<T> p, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Gemm.Multiply(p.Alpha, p.A, p.TransposeA, p.B, p.TransposeB, p.Beta, p.C, threads);

    private static void HoldTheBound<T>(Action<GemmProblem<T>, int> multiply, int cases = 150)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Case.Sample(x =>
    {
        Transpose transposeA = x.Ta ? Transpose.Yes : Transpose.No;
        Transpose transposeB = x.Tb ? Transpose.Yes : Transpose.No;
        MatrixView<T> a = Reference.Random<T>(x.Ta ? x.K : x.M, x.Ta ? x.M : x.K, x.Seed, x.Gap);
        MatrixView<T> b = Reference.Random<T>(x.Tb ? x.N : x.K, x.Tb ? x.K : x.N, x.Seed + 1, x.Gap);
        MatrixView<T> c = Reference.Random<T>(x.M, x.N, x.Seed + 2, x.Gap);
        (T alpha, T beta) = (T.CreateChecked(x.Alpha / 2.0), T.CreateChecked(x.Beta * 0.75));
        if (alpha == T.Zero)
            alpha = T.CreateChecked(0.1);
        (double[,], double[,]) expected = Reference.Multiply(alpha, a, transposeA, b, transposeB, beta, c);
        multiply(new GemmProblem<T>(alpha, a, transposeA, b, transposeB, beta, c), 2);
        return Reference.IsWithin(c, expected);
    }, iter: cases);
}
