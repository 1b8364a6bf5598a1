using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

public sealed class ShortRowsTests
{
    public static TheoryData<int> Width => Widths.All;

    [Theory]
    [MemberData(nameof(Width))]
    public void Short_rows_taken_together_give_what_each_gives_alone(int width)
    {
        RowKernels<float> kernels = Widths.Kernels<float>(width);
        int columns = 4 * kernels.Lanes;
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
