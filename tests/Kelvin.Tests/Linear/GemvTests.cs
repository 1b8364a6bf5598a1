using System.Numerics;
using System.Runtime.Intrinsics;
using CsCheck;
using Kelvin.Linear;

namespace Kelvin.Tests.Linear;

public sealed class GemvTests
{
    private delegate void Kernel<T>(T alpha, ReadOnlyMatrixView<T> a, Transpose transposeA, ReadOnlySpan<T> x, T beta, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    [Fact]
    public void Products_stay_within_the_stated_bound()
    {
        HoldTheBound<float>(Gemv.Multiply, 150);
        HoldTheBound<double>(Gemv.Multiply, 150);
    }

    [Fact]
    public void Every_width_holds_the_bound()
    {
        HoldTheBound<float>(GemvKernel<Simd512<float>, Vector512<float>, float>.Multiply, 40);
        HoldTheBound<double>(GemvKernel<Simd256<double>, Vector256<double>, double>.Multiply, 40);
        HoldTheBound<float>(GemvKernel<Simd256<float>, Vector256<float>, float>.Multiply, 40);
        HoldTheBound<float>(GemvKernel<Simd128<float>, Vector128<float>, float>.Multiply, 40);
        HoldTheBound<float>(GemvKernel<SimdScalar<float>, float, float>.Multiply, 40);
    }

    [Fact]
    public void An_empty_sum_is_zero_and_alpha_zero_reads_no_matrix()
    {
        float[] y = [1, 2];
        Gemv.Multiply(1, MatrixView.Allocate<float>(2, 0), Transpose.No, [], 2, y);
        Assert.Equal([2, 4], y);

        Gemv.Multiply(0, MatrixView.From(new float[,] { { float.NaN }, { 1 } }), Transpose.No, [1], 1, y);
        Assert.Equal([2, 4], y);

        Gemv.Multiply(1, MatrixView.Allocate<float>(2, 0), Transpose.No, [], 0, y);
        Assert.Equal([0, 0], y);
    }

    [Theory]
    [InlineData(Transpose.No)]
    [InlineData(Transpose.Yes)]
    public void Beta_zero_overwrites_what_was_not_a_number(Transpose transpose)
    {
        double[] y = [double.NaN, double.NaN];

        Gemv.Multiply(2, MatrixView.From(new double[,] { { 1, 0 }, { 0, 1 } }), transpose, [3, 4], 0, y);

        Assert.Equal([6, 8], y);
    }

    [Theory]
    [InlineData(Transpose.No)]
    [InlineData(Transpose.Yes)]
    public void What_is_not_a_number_stays_in_its_element(Transpose transpose)
    {
        MatrixView<float> a = Reference.Random<float>(37, 37, 1);
        a[11, 11] = float.NaN;
        float[] y = new float[37];

        Gemv.Multiply(1, a, transpose, Reference.Random<float>(1, 37, 2).Row(0), 0, y);

        for (int i = 0; i < 37; i++)
            Assert.Equal(i == 11, float.IsNaN(y[i]));
    }

    [Fact]
    public void Columns_beyond_a_block_are_summed_as_those_within()
    {
        MatrixView<double> a = Reference.Random<double>(3, 40_000, 1);
        double[] y = new double[40_000];

        Gemv.Multiply(1, a, Transpose.Yes, [1, -2, 3], 0, y);

        for (int j = 0; j < y.Length; j++)
            Assert.Equal(a[0, j] - (2 * a[1, j]) + (3 * a[2, j]), y[j], 1e-14);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        MatrixView<float> a = Reference.Random<float>(37, 41, 1);
        float[] x = new float[41];
        float[] y = new float[37];

        long bytes = Allocations.Fewest(() =>
        {
            Gemv.Multiply(1, a, Transpose.No, x, 0.5f, y);
            Gemv.Multiply(1, a, Transpose.Yes, y, 0.5f, x);
        });

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_named()
    {
        MatrixView<float> a = MatrixView.Allocate<float>(2, 3);

        Assert.Equal("x", Assert.Throws<ArgumentException>(() => Gemv.Multiply(1, a, Transpose.No, new float[2], 0, new float[2])).ParamName);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => Gemv.Multiply(1, a, Transpose.Yes, new float[2], 0, new float[2])).ParamName);
    }

    private static void HoldTheBound<T>(Kernel<T> multiply, int cases)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Gen.Select(Gen.Int[1, 70], Gen.Frequency((9, Gen.Int[1, 90]), (1, Gen.Int[2000, 2100])), Gen.Int[0, 1000], Gen.Bool, Gen.Int[-1, 2]).Sample(
            (m, k, seed, across, b) =>
            {
                Transpose transpose = across ? Transpose.Yes : Transpose.No;
                MatrixView<T> a = Reference.Random<T>(across ? k : m, across ? m : k, seed, gap: seed % 4);
                MatrixView<T> x = Reference.Random<T>(k, 1, seed + 1);
                MatrixView<T> y = Reference.Random<T>(m, 1, seed + 2);
                (T alpha, T beta) = (T.CreateChecked(0.7), T.CreateChecked(b * 0.75));
                (double[,], double[,]) expected = Reference.Multiply(alpha, a, transpose, x, Transpose.No, beta, y);
                multiply(alpha, a, transpose, x.Span, beta, y.Span);
                return Reference.IsWithin(y, expected);
            },
            iter: cases);
}
