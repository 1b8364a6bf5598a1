using System.Numerics;
using Kelvin.Networks;
using Kelvin.Softmax;

namespace Kelvin.Tests.Networks;

public sealed class UnitTests
{
    private delegate double Bound(double x, double value);

    public static TheoryData<int, bool> Widths => new MatrixTheoryData<int, bool>([1, 128, 256, 512], [true, false]);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Gelu_is_within_its_bound(int bits, bool inFloat)
    {
        if (inFloat)
            Holds<Gelu.Unit, float>(bits, 14, NormalReference.Gelu, (_, value) => 14 * Math.Abs(value));
        else
            Holds<Gelu.Unit, double>(bits, 39, NormalReference.Gelu, (_, value) => 14 * Math.Abs(value));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_slope_of_gelu_is_within_its_bound(int bits, bool inFloat)
    {
        if (inFloat)
            Holds<Gelu.Slope, float>(bits, 20, NormalReference.GeluSlope, (x, _) => 14 * Math.Max(1, Math.Abs(x)));
        else
            Holds<Gelu.Slope, double>(bits, 45, NormalReference.GeluSlope, (x, _) => 14 * Math.Max(1, Math.Abs(x)));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_tanh_form_of_gelu_is_within_its_bound(int bits, bool inFloat)
    {
        if (inFloat)
            Holds<GeluTanh.Unit, float>(bits, 12, GeluNew, (x, value) => (8 + (6 * Math.Abs(Twice(x)))) * Math.Abs(value));
        else
            Holds<GeluTanh.Unit, double>(bits, 20, GeluNew, (x, value) => (10 + (8 * Math.Abs(Twice(x)))) * Math.Abs(value));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_slope_of_the_tanh_form_is_within_its_bound(int bits, bool inFloat)
    {
        static double Allowed(double x, double value) => Math.Min(60, (8 + (6 * Math.Abs(Twice(x)))) * Math.Max(1, Math.Abs(x)));

        if (inFloat)
            Holds<GeluTanh.Slope, float>(bits, 60, GeluNewSlope, Allowed);
        else
            Holds<GeluTanh.Slope, double>(bits, 60, GeluNewSlope, Allowed);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Silu_is_within_its_bound(int bits, bool inFloat)
    {
        if (inFloat)
            Holds<Silu.Unit, float>(bits, 85, x => x / (1 + Math.Exp(-x)), (x, value) => (8 + (2 * Math.Abs(x))) * Math.Abs(value));
        else
            Holds<Silu.Unit, double>(bits, 600, x => x / (1 + Math.Exp(-x)), (x, value) => (8 + (2 * Math.Abs(x))) * Math.Abs(value));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_slope_of_silu_is_within_its_bound(int bits, bool inFloat)
    {
        static double Allowed(double x, double value) => Math.Min(24, 8 * Math.Max(1, Math.Abs(x)));

        if (inFloat)
            Holds<Silu.Slope, float>(bits, 200, SiluSlope, Allowed);
        else
            Holds<Silu.Slope, double>(bits, 900, SiluSlope, Allowed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(512)]
    public void The_ends_of_the_range_are_zero_identity_and_nan(int bits)
    {
        float[] x = [float.NegativeInfinity, -1e30f, 0, 1e30f, float.PositiveInfinity, float.NaN];
        float[] one = [1, 1, 1, 1, 1, 1];
        float[] unit = [0, 0, 0, 1e30f, float.PositiveInfinity, float.NaN];
        float[] slope = [0, 0, 0.5f, 1, 1, float.NaN];

        Assert.Equal(unit, Units.Map<Gelu.Unit, float>(bits, x, x, 1));
        Assert.Equal(unit, Units.Map<GeluTanh.Unit, float>(bits, x, x, 1));
        Assert.Equal(unit, Units.Map<Silu.Unit, float>(bits, x, x, 1));
        Assert.Equal(slope, Units.Map<Gelu.Slope, float>(bits, x, one, 1));
        Assert.Equal(slope, Units.Map<GeluTanh.Slope, float>(bits, x, one, 1));
        Assert.Equal(slope, Units.Map<Silu.Slope, float>(bits, x, one, 1));
    }

    [Fact]
    public void Every_length_is_mapped_to_its_end_and_in_place()
    {
        for (int length = 0; length < 70; length++)
        {
            double[] x = [.. Enumerable.Range(0, length).Select(i => (i - 30) / 7.0)];
            double[] h = new double[length];

            Gelu.Forward(x, 1, h);
            Gelu.Forward(x, 1, x);

            Assert.Equal(h, x);
            Assert.Equal(Enumerable.Range(0, length).Select(i => NormalReference.Gelu((i - 30) / 7.0)), h, (a, b) => Math.Abs(a - b) <= 1e-14);
        }
    }

    private static void Holds<TMap, T>(int bits, double reach, Func<double, double> reference, Bound allowed)
        where TMap : struct, IElementMap
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = Units.Spread<T>(reach);
        T[] ones = new T[x.Length];
        Array.Fill(ones, T.One);
        T[] y = Units.Map<TMap, T>(bits, x, ones, T.One);
        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double at = double.CreateChecked(x[i]);
            double expected = reference(at);
            double error = Math.Abs(double.CreateChecked(y[i]) - expected);
            if (error > 100 * Units.Smallest<T>())   // e^|x| overflows where the smallest results are still normal numbers
                worst = Math.Max(worst, error / (allowed(at, expected) * Units.Roundoff<T>()));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"worst error is {worst:G3} of the bound"));
        Assert.InRange(worst, 0.01, 1);
    }

    private static double Twice(double x) => 2 * Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x));

    private static double GeluNew(double x) => x / (1 + Math.Exp(-Twice(x)));

    private static double GeluNewSlope(double x)
    {
        double e = Math.Exp(-Math.Abs(Twice(x)));
        double sigmoid = x > 0 ? 1 / (1 + e) : e / (1 + e);
        return sigmoid + (x * (e / ((1 + e) * (1 + e))) * 2 * Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x)));
    }

    private static double SiluSlope(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return (x > 0 ? 1 / (1 + e) : e / (1 + e)) + (x * (e / ((1 + e) * (1 + e))));
    }
}
