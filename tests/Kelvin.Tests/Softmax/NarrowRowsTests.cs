using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

/// <summary>Rows in which nothing underflows take a shorter way through exp; they must not be told from the others by their results.</summary>
public sealed class NarrowRowsTests
{
    private const double Ln2 = 0.6931471805599453;

    public static TheoryData<int> Width => Widths.All;

    [Fact]
    public void The_table_holds_the_powers_of_two_correctly_rounded()
    {
        ReadOnlySpan<int> powers = NarrowExp<Lanes512<float>, float>.Powers;

        Assert.Equal(32, powers.Length);
        for (int j = 0; j < powers.Length; j++)
            Assert.Equal((float)Math.Pow(2, j / 32.0), BitConverter.Int32BitsToSingle(powers[j] + (j << 18)));
    }

    [Theory]
    [InlineData(0, -86, true)]
    [InlineData(0, -87, false)]
    [InlineData(0, double.NegativeInfinity, false)]
    [InlineData(0, double.NaN, false)]
    [InlineData(double.PositiveInfinity, 0, false)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity, false)]
    [InlineData(45_000, 44_990, true)]
    [InlineData(46_000, 45_990, false)]
    [InlineData(-46_000, -46_010, false)]
    public void A_row_is_narrow_where_no_exp_underflows_and_no_logit_is_huge(double max, double min, bool expected) =>
        Assert.Equal(expected, new RowScale<float>(1, (float)max, (float)min).IsNarrow);

    [Theory]
    [MemberData(nameof(Width))]
    public void Exp_keeps_its_bound_over_all_that_a_narrow_row_can_hold(int width)
    {
        const int columns = 4096;
        foreach (double temperature in new[] { 0.3, 1, 7 })
        {
            float[] row = new float[columns];
            for (int i = 0; i < columns; i++)
                row[i] = (float)(-124.9 * Ln2 * temperature * i / columns);
            float[] p = new float[columns];

            Widths.Kernels<float>(width).Forward(row, temperature, p, out SoftmaxStatistics statistics);

            for (int i = 0; i < columns; i++)
            {
                double distance = -row[i] / temperature, share = (double)p[i] / p[0], expected = Math.Exp(-distance);
                Assert.True(Math.Abs(share - expected) <= ((2 * distance) + 7) * Math.Pow(2, -24) * expected, $"{i}: {share:R} {expected:R}");   // 3 for the division by the sum
            }

            Assert.Equal(0, statistics.ArgMax);
            Close.Statistics(Reference.Statistics([.. row.Select(x => (double)x)], temperature), statistics, 2e-6, temperature);
        }
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void The_statistics_of_a_row_at_a_large_offset_are_those_at_none(int width)
    {
        float[] row = [.. Rows.Normal(640, 5, 3).Select(x => MathF.Round(x * 64) / 64)];
        foreach (float offset in new float[] { 40_000, -40_000, 65_000 })
        {
            float[] moved = [.. row.Select(x => x + offset)];   // exact: multiples of 1/64 below 2¹⁷
            Widths.Kernels<float>(width).Statistics(row, 1, out SoftmaxStatistics expected);

            Widths.Kernels<float>(width).Statistics(moved, 1, out SoftmaxStatistics actual);

            Assert.Equal(expected.ArgMax, actual.ArgMax);
            Assert.Equal(expected.Entropy, actual.Entropy, 1e-6 * expected.Entropy);
            Assert.Equal(expected.TailMass, actual.TailMass, 1e-6 * expected.TailMass);
            Assert.Equal(expected.Variance, actual.Variance, 2e-6 * expected.Variance);
        }
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void A_NaN_between_logits_that_would_make_a_narrow_row_makes_all_of_it_NaN(int width)
    {
        RowKernels<float> kernels = Widths.Kernels<float>(width);
        foreach (int columns in new[] { 64, 640, 8192 })
        {
            foreach (int place in new[] { 0, 5, columns / 2, columns - 1 })
            {
                float[] rows = Rows.Normal(8 * columns, 3, 2);
                rows[(2 * columns) + place] = float.NaN;
                float[] p = new float[rows.Length], plain = new float[rows.Length];
                var statistics = new SoftmaxStatistics[8];

                kernels.ForwardRows(rows, columns, 1, p, columns, columns, statistics);
                kernels.ProbabilityRows(rows, columns, 1, plain, columns, columns, 8);

                for (int r = 0; r < 8; r++)
                {
                    Assert.Equal(r == 2 ? -1 : Array.IndexOf(rows[(r * columns)..((r + 1) * columns)], rows[(r * columns)..((r + 1) * columns)].Max()), statistics[r].ArgMax);
                    Assert.All(p[(r * columns)..((r + 1) * columns)], x => Assert.Equal(r == 2, float.IsNaN(x)));
                    Assert.All(plain[(r * columns)..((r + 1) * columns)], x => Assert.Equal(r == 2, float.IsNaN(x)));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void A_masked_entry_changes_the_way_but_not_the_result(int width)
    {
        RowKernels<float> kernels = Widths.Kernels<float>(width);
        float[] row = Rows.Normal(513, 11, 4);
        row[512] = float.NegativeInfinity;
        float[] narrow = new float[512], wide = new float[513];

        kernels.Forward(row.AsSpan(0, 512), 0.8, narrow, out SoftmaxStatistics expected);
        kernels.Forward(row, 0.8, wide, out SoftmaxStatistics actual);

        for (int i = 0; i < 512; i++)
            Assert.True(Close.To(narrow[i], wide[i], 1e-6), $"{i}: {narrow[i]} {wide[i]}");
        Assert.Equal(0, wide[512]);
        Close.Statistics(expected, actual, 2e-6, 0.8);
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void The_first_largest_entry_adds_nothing_to_the_tail_where_the_tail_is_tiny(int width)
    {
        float[] row = new float[256];
        Array.Fill(row, -85f);
        row[77] = 0;

        Widths.Kernels<float>(width).Statistics(row, 1, out SoftmaxStatistics actual);

        double tail = 255 * Math.Exp(-85);
        Assert.Equal(77, actual.ArgMax);
        Assert.Equal(tail, actual.TailMass, 2e-5 * tail);
        Assert.Equal(85 * tail, actual.Entropy, 0.02 * 85 * tail);
        Assert.Equal(85, actual.MarginLogit);
    }

    [Fact]
    public void Vectors_kept_aside_begin_at_a_line_of_the_cache()
    {
        Span<byte> room = stackalloc byte[256];
        for (int before = 1; before < 70; before += 4)
        {
            ref byte first = ref CacheLine.First(room[before..]);
            nint place = Unsafe.ByteOffset(in Unsafe.NullRef<byte>(), in first);
            nint skipped = Unsafe.ByteOffset(in MemoryMarshal.GetReference(room[before..]), in first);
            Assert.Equal(0, place % 64);
            Assert.InRange(skipped, 0, 63);
        }
    }
}
