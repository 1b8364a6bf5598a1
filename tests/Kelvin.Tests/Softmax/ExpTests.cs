using System.Numerics;
using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

public sealed class ExpTests
{
    public static TheoryData<int> Width => Widths.All;

    [Theory]
    [MemberData(nameof(Width))]
    public void Float_exp_errs_by_at_most_one_and_a_half_ulp_from_underflow_to_overflow(int width)
    {
        float[] x = new float[4096];
        float[] y = new float[4096];
        double worst = 0;
        foreach (uint sign in new[] { 0u, 0x8000_0000u })
        {
            for (uint bits = 0; bits < 0x42d2_0000; bits += 4096 * 997)
            {
                for (uint i = 0; i < 4096; i++)
                    x[i] = BitConverter.UInt32BitsToSingle(sign | Math.Min(bits + (i * 997), sign == 0 ? 0x42b1_7217u : 0x42d2_0000u));
                Widths.Kernels<float>(width).Exp(x, y);
                for (int i = 0; i < 4096; i++)
                    worst = Math.Max(worst, Math.Abs(y[i] - Math.Exp(x[i])) / Ulp(Math.Exp(x[i])));
            }
        }

        Assert.InRange(worst, 0.5, 1.5);
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void Double_exp_errs_by_at_most_one_and_a_half_ulp(int width)
    {
        double[] x = [.. Rows.Normal(3000, 5, 100).Select(v => v * 1.000000001).Where(v => v is > -708 and < 709),
            .. Enumerable.Range(-1000, 2000).Select(n => (n * 0.34657359027997264) + 1e-9), 1e-300, -1e-17, 5e-324];
        double[] y = new double[x.Length];
        Widths.Kernels<double>(width).Exp(x, y);

        for (int i = 0; i < x.Length; i++)
            Assert.True(ErrorInUlps(x[i], y[i]) <= 1.5, FormattableString.Invariant($"exp({x[i]:R}) = {y[i]:R} is {ErrorInUlps(x[i], y[i])} ulp off"));
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void The_ends_of_the_range_are_right(int width)
    {
        float[] single = [float.NegativeInfinity, -104.1f, -103, -1000, 0, -0f, 88.8f, 1000, float.PositiveInfinity, float.NaN];
        Widths.Kernels<float>(width).Exp(single, single);
        Assert.Equal([0, 0, float.Epsilon, 0, 1, 1, float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity, float.NaN], single);

        double[] numbers = [double.NegativeInfinity, -745.2, -745, -1e300, 0, 709.8, 1e300, double.PositiveInfinity, double.NaN];
        Widths.Kernels<double>(width).Exp(numbers, numbers);
        Assert.Equal([0, 0, double.Epsilon, 0, 1, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, double.NaN], numbers);
    }

    [Fact]
    public void Spans_are_mapped_whatever_their_length()
    {
        float[] x = [.. Enumerable.Range(0, 37).Select(i => -i / 4f)];
        float[] y = new float[37];

        VectorExp.Exp(x, y);
        VectorExp.Exp(ReadOnlySpan<double>.Empty, default);

        for (int i = 0; i < x.Length; i++)
            Assert.Equal(MathF.Exp(x[i]), y[i], MathF.Exp(x[i]) * 2.4e-7f);
        Assert.Throws<ArgumentException>(() => VectorExp.Exp(x, new float[3]));
    }

    [Fact]
    public void Logarithm_and_exponential_near_zero_keep_their_digits()
    {
        foreach (double x in new[] { 1e-300, 1e-20, 3e-9, 1e-4, 0.01, 0.3, 0.41421356, 0.5, 1, 2, 3.7, 1000, 1e15, 1e300 })
        {
            double log = NearZero.LogOnePlus(x);
            double back = x < 1e-12 ? log : x < 0.02 ? Enumerable.Range(1, 15).Sum(n => Math.Pow(log, n) / Enumerable.Range(1, n).Aggregate(1.0, (a, b) => a * b)) : Math.Exp(log) - 1;
            Assert.True(Close.To(x, back, 1e-15 * (1 + log)), FormattableString.Invariant($"{x} {back:R}"));

            (double first, double second) = ExpMinusOne(Math.Min(log, 600), -Math.Min(log, 30));
            Assert.True(Close.To(x < 0.02 ? x : Math.Exp(Math.Min(log, 600)) - 1, first, 2e-15 * (1 + Math.Min(log, 600))), FormattableString.Invariant($"{x} {first:R}"));
            Assert.True(Close.To(-x / (1 + x), second, 1e-12) || log > 30, FormattableString.Invariant($"{x} {second:R}"));
        }

        Assert.Equal(0, NearZero.LogOnePlus(0));
        Assert.Equal((double.NaN, -1.0), (NearZero.LogOnePlus(double.NaN), ExpMinusOne(0, double.NegativeInfinity).Second));
    }

    private static (double First, double Second) ExpMinusOne(double first, double second)
    {
        double[] both = [first, second];
        NearZero.ExpMinusOne(Lanes128<double>.Load(in both[0], 0)).Store(ref both[0], 0);
        return (both[0], both[1]);
    }

    private static double Ulp(double exact) => Math.Pow(2, Math.Max(Math.Floor(Math.Log2(Math.Max(exact, 1e-300))), -126) - 23);

    /// <summary>Against exp in 200-bit fixed point: x = n ln 2 + r, Taylor series in r.</summary>
    private static double ErrorInUlps(double x, double y)
    {
        const int bits = 200;
        BigInteger one = BigInteger.One << bits;
        BigInteger ln2 = 0;
        for (int k = 1; k < bits; k++)
            ln2 += (one >> k) / k;
        BigInteger fixedX = Fixed(x, bits);
        int n = (int)Math.Round(x / Math.Log(2));
        BigInteger r = fixedX - (n * ln2);
        BigInteger term = one;
        BigInteger sum = one;
        for (int k = 1; k < 60; k++)
        {
            term = (term * r) / (one * k);
            sum += term;
        }

        double scaled = Math.ScaleB(y, -n);   // exact: y is normal here
        int exponent = (int)Math.Floor(BigInteger.Log(sum, 2) - bits);
        return Math.Abs((double)(Fixed(scaled, bits) - sum)) / Math.Pow(2, bits + exponent - 52);
    }

    private static BigInteger Fixed(double x, int bits)
    {
        long mantissa = (BitConverter.DoubleToInt64Bits(x) & 0xf_ffff_ffff_ffff) | 0x10_0000_0000_0000;
        int shift = (int)((BitConverter.DoubleToInt64Bits(x) >> 52) & 0x7ff) - 1075 + bits;
        BigInteger value = shift >= 0 ? (BigInteger)mantissa << shift : (BigInteger)mantissa >> -shift;
        return x < 0 ? -value : value;
    }
}
