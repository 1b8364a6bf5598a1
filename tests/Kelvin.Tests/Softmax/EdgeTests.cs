using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

public sealed class EdgeTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    public static TheoryData<int> Width => Widths.All;

    [Theory]
    [MemberData(nameof(Width))]
    public void A_row_of_nothing_but_masks_has_no_mass_and_no_statistics(int width)
    {
        foreach (int length in new[] { 1, 7, 64, 100 })
        {
            double[] z = new double[length];
            Array.Fill(z, -Inf);
            (double[] p, double[] log, SoftmaxStatistics row) = Run(width, z);

            Assert.All(p, x => Assert.Equal(0, x));
            Assert.All(log, x => Assert.Equal(-Inf, x));
            Assert.Equal(SoftmaxStatistics.NotANumber with { LogSumExp = -Inf }, row);
            Assert.Equal((0, 0, -1), (row.UnmaskedCount, row.TiesAtMax, row.ArgMax));
        }
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void NaN_or_infinity_anywhere_makes_every_output_NaN(int width)
    {
        foreach (double bad in new[] { NaN, Inf })
        {
            foreach (int length in new[] { 1, 2, 9, 64, 65, 200, 5000 })
            {
                foreach (int at in new[] { 0, length / 2, length - 1 })
                {
                    double[] z = new double[length];
                    z[length / 3] = -Inf;
                    z[at] = bad;
                    (double[] p, double[] log, SoftmaxStatistics row) = Run(width, z);

                    Assert.All(p, x => Assert.Equal(NaN, x));
                    Assert.All(log, x => Assert.Equal(NaN, x));
                    Assert.Equal(SoftmaxStatistics.NotANumber, row);
                }
            }
        }
    }

    [Fact]
    public void A_temperature_whose_inverse_overflows_makes_no_NaN_of_ties_at_zero()
    {
        double[] p = new double[3];

        SoftmaxStatistics row = TemperedSoftmax.Forward([0.0, 0, -1], double.Epsilon, p);

        Assert.Equal([0.5, 0.5, 0], p);
        Assert.Equal((Math.Log(2), 0, 0), (row.LogSumExp, row.MarginProbability, row.EntropySlope));
    }

    [Fact]
    public void NaN_among_masks_only_is_still_NaN()
    {
        (double[] p, _, SoftmaxStatistics row) = Run(3, [-Inf, NaN, -Inf]);

        Assert.All(p, x => Assert.Equal(NaN, x));
        Assert.Equal(NaN, row.LogSumExp);
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void A_row_of_one_is_certain(int width)
    {
        (double[] p, double[] log, SoftmaxStatistics row) = Run(width, [-3.5]);

        Assert.Equal(1, p[0]);
        Assert.Equal(0, log[0]);
        Assert.Equal((0.0, 0.0, 1.0, 1.0), (row.Entropy, row.NormalizedEntropy, row.Saturation, row.MarginProbability));
        Assert.Equal(Inf, row.MarginLogit);
        Assert.Equal((-3.5, -3.5, 0.0, 1.0), (row.LogSumExp, row.MeanLogit, row.Variance, row.EffectiveNumber));
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void Logits_of_plus_and_minus_1e30_are_one_hot(int width)
    {
        (double[] p, _, SoftmaxStatistics row) = Run(width, [-1e30, 1e30, 0]);

        Assert.Equal([0.0, 1.0, 0.0], p);
        Assert.Equal((0.0, 0.0, 1e30), (row.Entropy, row.TailMass, row.MarginLogit));
        Assert.Equal(3, row.UnmaskedCount);
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void Ties_share_the_mass_and_the_first_is_the_argmax(int width)
    {
        double[] z = new double[150];
        Array.Fill(z, -1e30);
        z[20] = z[77] = z[149] = 1e30;
        (double[] p, _, SoftmaxStatistics row) = Run(width, z);

        Assert.Equal(1.0 / 3, p[77], 1e-15);
        Assert.Equal((3, 20, 0.0, 0.0), (row.TiesAtMax, row.ArgMax, row.MarginLogit, row.MarginProbability));
        Assert.Equal(Math.Log(3), row.Entropy, 1e-15);
    }

    [Fact]
    public void Temperatures_at_both_ends_of_the_number_range_have_their_limits()
    {
        float[] p = new float[3];

        Assert.Equal(3, TemperedSoftmax.Forward([1f, 2, 3], float.MaxValue, p).EffectiveNumber, 1e-12);
        Assert.Equal(1 / 3f, p[0], 1e-6f);
        Assert.Equal(0, TemperedSoftmax.Forward([1f, 2, 3], float.Epsilon, p).Entropy);
        Assert.Equal([0f, 0f, 1f], p);
        TemperedSoftmax.Probabilities([1f, 2, 3], float.Epsilon, p);
        Assert.Equal([0f, 0f, 1f], p);

        double[] spread = new double[2];
        TemperedSoftmax.Forward([-double.MaxValue, double.MaxValue], double.MaxValue, spread);
        Assert.Equal(Math.Exp(-2) / (1 + Math.Exp(-2)), spread[0], 1e-14);
        TemperedSoftmax.LogProbabilities([-double.MaxValue, double.MaxValue], double.MaxValue, spread);
        Assert.Equal(-2 - Math.Log(1 + Math.Exp(-2)), spread[0], 1e-14);
    }

    [Fact]
    public void A_caller_s_mistake_is_named()
    {
        float[] two = new float[2];
        float[] three = new float[3];

        Assert.Throws<ArgumentException>(() => TemperedSoftmax.Forward([], 1, Span<float>.Empty));
        Assert.Throws<ArgumentException>(() => TemperedSoftmax.Statistics(ReadOnlySpan<double>.Empty, 1));
        Assert.Throws<ArgumentException>(() => TemperedSoftmax.Probabilities(two, 1, three));
        Assert.Throws<ArgumentOutOfRangeException>(() => TemperedSoftmax.Probabilities(two, 0, two));
        Assert.Throws<ArgumentOutOfRangeException>(() => TemperedSoftmax.Probabilities(two, float.NaN, two));
        Assert.Throws<ArgumentException>(() => TemperedSoftmax.Probabilities(three.AsSpan(0, 2), 1, three.AsSpan(1, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TemperedSoftmax.CrossEntropy(two, 2, 1, new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TemperedSoftmax.CrossEntropy(two, 0, 1, new float[2], labelSmoothing: 2));
    }

    private static (double[] P, double[] Log, SoftmaxStatistics Row) Run(int width, double[] z)
    {
        RowKernels<double> kernels = Widths.Kernels<double>(width);
        double[] p = new double[z.Length];
        double[] plain = new double[z.Length];
        double[] log = new double[z.Length];
        kernels.Forward(z, 1, p, out SoftmaxStatistics row);
        kernels.Probabilities(z, 1, plain);
        kernels.LogProbabilities(z, 1, log);
        kernels.Statistics(z, 1, out SoftmaxStatistics alone);
        Assert.Equal(row, alone);
        for (int i = 0; i < p.Length; i++)
            Assert.Equal(p[i], plain[i], 1e-15);
        return (p, log, row);
    }
}
