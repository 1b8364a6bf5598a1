using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

public sealed class RowsTogetherTests
{
    public static TheoryData<int> Width => Widths.All;

    /// <summary>Widths of vectors, and lengths of rows: less than a group of four vectors, one group, some groups, and some with a rest.</summary>
    public static TheoryData<int, int> WidthsAndLengths
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (int width in Widths.All.Select(row => row.Data))
            {
                int group = 4 * Widths.Kernels<float>(width).Lanes;
                data.AddRange((width, 3), (width, group), (width, 3 * group), (width, (3 * group) + 7));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(WidthsAndLengths))]
    public void Rows_taken_together_give_what_each_gives_alone(int width, int columns)
    {
        RowKernels<float> kernels = Widths.Kernels<float>(width);
        int stride = columns + 3;
        float[] z = Rows.Normal(11 * stride, width, 3);
        z.AsSpan(stride, columns).Fill(2);                             // all ties
        z.AsSpan(2 * stride, columns).Fill(float.NegativeInfinity);    // masked entirely
        z[(3 * stride) + 1] = float.NaN;
        z[(4 * stride) + 2] = float.PositiveInfinity;
        z[5 * stride] = float.NegativeInfinity;                        // one mask
        z.AsSpan(6 * stride, columns).Fill(-1e-3f);                    // mean far from the maximum
        z[(6 * stride) + columns - 1] = 0;
        float[] p = new float[11 * columns];
        var together = new SoftmaxStatistics[11];

        kernels.ForwardRows(z, stride, 0.5, p, columns, columns, together);

        for (int i = 0; i < together.Length; i++)
        {
            float[] expected = new float[columns];
            kernels.Forward(z.AsSpan(i * stride, columns), 0.5, expected, out SoftmaxStatistics alone);
            for (int j = 0; j < columns; j++)
                Assert.True(Close.To(expected[j], p[(i * columns) + j], 1e-6), $"row {i}: {expected[j]} {p[(i * columns) + j]}");
            Assert.Equal(alone.ArgMax, together[i].ArgMax);
            if (alone.ArgMax >= 0)
                Close.Statistics(alone, together[i], 2e-6, 0.5);
            else
                Assert.Equal(alone, together[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void Short_rows_with_masks_and_ties_give_what_each_gives_alone(int width)
    {
        RowKernels<float> kernels = Widths.Kernels<float>(width);
        int longest = 4 * kernels.Lanes;
        foreach (int columns in new[] { 1, 2, 3, kernels.Lanes, kernels.Lanes + 1, longest - 1, longest })
        {
            int stride = columns + 2;
            float[] z = Rows.Normal(19 * stride, width + columns, 3);
            z.AsSpan(2 * stride, columns).Fill(1);                                                     // all ties
            z.AsSpan(4 * stride, columns - 1).Fill(float.NegativeInfinity);                            // one entry left
            z[(5 * stride) + columns - 1] = z[5 * stride] = z.AsSpan(5 * stride, columns).ToArray().Max();   // the first and the last
            z.AsSpan(12 * stride, columns / 2).Fill(float.NegativeInfinity);
            float[] p = new float[z.Length];
            var together = new SoftmaxStatistics[19];
            var described = new SoftmaxStatistics[19];
            Array.Fill(p, -7);

            kernels.ForwardRows(z, stride, 0.7, p, stride, columns, together);
            kernels.StatisticsRows(z, stride, 0.7, columns, described);

            for (int i = 0; i < together.Length; i++)
            {
                double[] row = [.. z.AsSpan(i * stride, columns).ToArray().Select(x => (double)x)];
                double[] expected = new double[columns];
                Widths.Kernels<double>(1).Forward(row, 0.7, expected, out SoftmaxStatistics alone);
                for (int j = 0; j < columns; j++)
                    Assert.True(Close.To(expected[j], p[(i * stride) + j], 3e-6), $"{columns} columns, row {i}: {expected[j]} {p[(i * stride) + j]}");
                Assert.Equal([-7, -7], p.AsSpan((i * stride) + columns, 2).ToArray());   // what stands between the rows
                Close.Statistics(alone, together[i], 3e-6, 0.7);
                Close.Statistics(alone, described[i], 3e-6, 0.7);
            }
        }
    }

    [Theory]
    [MemberData(nameof(WidthsAndLengths))]
    public void Probabilities_of_rows_taken_together_are_those_of_each_in_place_too(int width, int columns)
    {
        RowKernels<float> kernels = Widths.Kernels<float>(width);
        int stride = columns + 3;
        float[] z = Rows.Normal(11 * stride, width, 3);
        z[stride + 1] = float.NegativeInfinity;
        z.AsSpan(9 * stride, columns).Fill(float.NegativeInfinity);    // masked entirely, in the second batch
        float[] expected = (float[])z.Clone();
        for (int i = 0; i < 11; i++)
            kernels.Probabilities(z.AsSpan(i * stride, columns), 0.5, expected.AsSpan(i * stride, columns));

        kernels.ProbabilityRows(z, stride, 0.5, z, stride, columns, 11);

        for (int i = 0; i < z.Length; i++)
            Assert.True(Close.To(expected[i], z[i], 1e-6), $"{i}: {expected[i]} {z[i]}");
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void Short_rows_may_be_handled_in_place(int width)
    {
        RowKernels<float> kernels = Widths.Kernels<float>(width);
        int columns = 4 * kernels.Lanes;
        float[] z = Rows.Normal(9 * columns, width, 3);
        float[] p = new float[z.Length];
        var apart = new SoftmaxStatistics[9];
        var inPlace = new SoftmaxStatistics[9];

        kernels.ForwardRows(z, columns, 1, p, columns, columns, apart);
        kernels.ForwardRows(z, columns, 1, z, columns, columns, inPlace);

        Assert.Equal(p, z);
        Assert.Equal(apart, inPlace);
    }
}
