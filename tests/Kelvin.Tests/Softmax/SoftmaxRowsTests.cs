using CsCheck;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

public sealed class SoftmaxRowsTests
{
    private static readonly Gen<(int Rows, int Columns, int Gap, int Seed)> Shape = Gen.Select(Gen.Int[1, 12], Gen.Int[1, 90], Gen.Int[0, 5], Gen.Int[0, 999]);

    [Fact]
    public void Each_row_of_a_strided_masked_matrix_is_handled_as_if_it_were_alone() =>
        Gen.Select(Shape, Gen.Int[0, 2]).Sample((shape, kind) =>
        {
            MatrixView<float> z = Fill(shape.Rows, shape.Columns, shape.Gap, shape.Seed);
            MatrixView<float> p = Fill(shape.Rows, shape.Columns, shape.Gap + 1, 1);
            MatrixView<float> logP = Fill(shape.Rows, shape.Columns, 0, 1);
            int[] kept = [.. Enumerable.Range(0, shape.Rows).Select(i => kind switch { 0 => shape.Columns, 1 => (i * 7) % (shape.Columns + 1), _ => Math.Min(shape.Columns, i + 3) })];
            RowMask mask = kind switch { 0 => RowMask.None, 1 => RowMask.Lengths(kept), _ => RowMask.Causal(offset: 2) };
            var vitals = new SoftmaxStatistics[shape.Rows];
            var alone = new SoftmaxStatistics[shape.Rows];

            SoftmaxRows.Forward(z, 0.7f, p, vitals, mask);
            SoftmaxRows.Statistics(z.AsReadOnly(), 0.7f, alone, mask);
            SoftmaxRows.LogProbabilities(z, 0.7f, logP, mask);

            Assert.Equal(vitals, alone);
            for (int i = 0; i < shape.Rows; i++)
            {
                float[] row = z.Row(i).ToArray();
                row.AsSpan(kept[i]).Fill(float.NegativeInfinity);
                float[] expected = new float[shape.Columns];
                float[] log = new float[shape.Columns];
                SoftmaxStatistics one = TemperedSoftmax.Forward(row, 0.7f, expected);
                TemperedSoftmax.LogProbabilities(row, 0.7f, log);

                Assert.Equal(kept[i], vitals[i].UnmaskedCount);
                Assert.True(Close.To(one.Entropy, vitals[i].Entropy, 1e-6, 1e-9));
                for (int j = 0; j < shape.Columns; j++)
                {
                    Assert.Equal(expected[j], p[i, j], 2e-6f * expected[j]);
                    Assert.True(Close.To(log[j], logP[i, j], 1e-6, 1e-6));
                }
            }
        });

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        MatrixView<float> z = Fill(200, 700, 3, 1);
        MatrixView<float> g = Fill(200, 700, 0, 2);
        int[] labels = [.. Enumerable.Range(0, 200)];
        (float[] Output, SoftmaxStatistics[] Vitals, double Loss)[] runs =
        [
            .. Ints(1, 2, 7).Select(threads =>
            {
                MatrixView<float> p = MatrixView.Allocate<float>(200, 700);
                MatrixView<float> dZ = MatrixView.Allocate<float>(200, 700);
                var vitals = new SoftmaxStatistics[200];
                SoftmaxRows.Forward(z, 2f, p, vitals, default, threads);
                SoftmaxRows.Backward(p, g, 2f, p, threads);
                double loss = SoftmaxRows.CrossEntropy(z, labels, 2f, 0.1f, dZ, threads);
                return ((float[])[.. p.Span, .. dZ.Span], vitals, loss);
            }),
        ];

        Assert.All(runs, run => Assert.Equal(runs[0].Output, run.Output));
        Assert.All(runs, run => Assert.Equal(runs[0].Vitals, run.Vitals));
        Assert.All(runs, run => Assert.Equal(runs[0].Loss, run.Loss));
    }

    [Fact]
    public void The_cross_entropy_of_rows_is_the_mean_and_its_gradient_the_gradient_of_the_mean()
    {
        MatrixView<double> z = MatrixView.From(new double[,] { { 1, 2, 3 }, { 0, 0, 5 } });
        MatrixView<double> dZ = MatrixView.Allocate<double>(2, 3);
        double[] first = new double[3];
        double[] second = new double[3];

        double loss = SoftmaxRows.CrossEntropy<double>(z, Ints(0, 2), 2, 0.1, dZ);

        Assert.Equal(
            (TemperedSoftmax.CrossEntropy(z.Row(0), 0, 2, first, 0.1) + TemperedSoftmax.CrossEntropy(z.Row(1), 2, 2, second, 0.1)) / 2, loss, 1e-15);
        for (int j = 0; j < 3; j++)
            Assert.Equal((first[j] / 2, second[j] / 2), (dZ[0, j], dZ[1, j]));
    }

    [Fact]
    public void Backward_of_rows_is_that_of_each_row_in_place_too()
    {
        foreach (int columns in new[] { 1, 7, 64, 100, 1024, 3000 })
        {
            MatrixView<float> p = Fill(5, columns, 1, 1);
            MatrixView<float> g = Fill(5, columns, 0, 2);
            MatrixView<float> dZ = MatrixView.Allocate<float>(5, columns);
            float[] expected = new float[columns];
            p[2, columns - 1] = 60;   // nearly one-hot
            SoftmaxRows.Probabilities(p, 1f, p);

            SoftmaxRows.Backward(p, g, 2f, dZ);

            for (int i = 0; i < 5; i++)
            {
                TemperedSoftmax.Backward(p.Row(i), g.Row(i), 2, expected);
                Assert.Equal(expected, dZ.Row(i).ToArray());
            }

            SoftmaxRows.Backward(p, g, 2f, g);
            Assert.Equal(dZ.Span, g.Span);
        }
    }

    [Fact]
    public void Log_backward_of_rows_is_that_of_each_row()
    {
        MatrixView<double> z = MatrixView.From(new double[,] { { 1, 2, double.NegativeInfinity }, { 0, 0, 5 } });
        MatrixView<double> g = MatrixView.From(new double[,] { { 1, -2, 0 }, { 0.5, 0.1, 5 } });
        MatrixView<double> logP = MatrixView.Allocate<double>(2, 3);
        MatrixView<double> dZ = MatrixView.Allocate<double>(2, 3);
        double[] expected = new double[3];

        SoftmaxRows.LogProbabilities<double>(z, 2, logP);
        SoftmaxRows.LogBackward<double>(logP, g, 2, dZ);

        for (int i = 0; i < 2; i++)
        {
            TemperedSoftmax.LogBackward(logP.Row(i), g.Row(i), 2, expected);
            Assert.Equal(expected, dZ.Row(i).ToArray());
        }
    }

    [Fact]
    public void Wrong_shapes_and_masks_are_named()
    {
        MatrixView<float> two = MatrixView.Allocate<float>(2, 3);
        MatrixView<float> three = MatrixView.Allocate<float>(3, 3);
        float[] memory = new float[20];

        Assert.Throws<ArgumentException>(() => SoftmaxRows.Probabilities(two, 1f, three));
        Assert.Throws<ArgumentException>(() => SoftmaxRows.Probabilities(MatrixView.Allocate<float>(2, 0), 1f, MatrixView.Allocate<float>(2, 0)));
        Assert.Throws<ArgumentException>(() => SoftmaxRows.Forward(two, 1f, two, new SoftmaxStatistics[3]));
        Assert.Throws<ArgumentException>(() => SoftmaxRows.Probabilities(two, 1f, two, RowMask.Lengths(Ints(1))));
        Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxRows.Probabilities(two, 1f, two, RowMask.Lengths(Ints(1, 4))));
        Assert.Throws<ArgumentException>(() => RowMask.Causal(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxRows.Probabilities(two, 1f, two, threads: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxRows.CrossEntropy<float>(two, Ints(0, 3), 1, 0, two));
        Assert.Throws<ArgumentException>(() => SoftmaxRows.Probabilities(new MatrixView<float>(memory, 3, 3), 1f, new MatrixView<float>(memory, 3, 3, 4)));
    }

    [Fact]
    public void Masks_are_equal_when_they_say_the_same()
    {
        int[] lengths = [1, 2];

        Assert.True(RowMask.None == default);
        Assert.True(RowMask.Causal(1) != RowMask.Causal(2));
        Assert.Equal(RowMask.Lengths(lengths), RowMask.Lengths(lengths));
        Assert.Equal(RowMask.Lengths(lengths).GetHashCode(), RowMask.Lengths(lengths).GetHashCode());
        Assert.False(RowMask.None.Equals((object)1));
    }

    [Fact]
    public void Nothing_is_allocated_in_any_call()
    {
        MatrixView<float> z = Fill(40, 1000, 0, 1);
        MatrixView<float> p = Fill(40, 1000, 0, 2);
        MatrixView<float> short64 = Fill(40, 64, 0, 2);
        var vitals = new SoftmaxStatistics[40];
        int[] labels = new int[40];
        Action<int>[] calls =
        [
            threads => SoftmaxRows.Forward(z, 1f, p, vitals, default, threads),
            threads => SoftmaxRows.Forward(short64, 1f, short64, vitals, RowMask.Causal(), threads),
            threads => SoftmaxRows.Statistics(z.AsReadOnly(), 1f, vitals, default, threads),
            threads => SoftmaxRows.Probabilities(z, 1f, p, RowMask.Lengths(labels), threads),
            threads => SoftmaxRows.LogProbabilities(z, 1f, p, default, threads),
            threads => SoftmaxRows.Backward(p, z, 2f, p, threads),
            threads => SoftmaxRows.LogBackward(p, z, 2f, p, threads),
            threads => SoftmaxRows.CrossEntropy(z, labels, 1f, 0.1f, p, threads),
            _ => TemperedSoftmax.Forward(z.Row(0), 1, p.Row(0)),
            _ => TemperedSoftmax.Forward(z.Row(0), 1, z.Row(0)),
        ];
        foreach (Action<int> call in calls)
        {
            foreach (int threads in new[] { 1, 2 })
                Assert.Equal(0, Allocations.Fewest(() => call(threads)));
        }
    }

    private static int[] Ints(params int[] values) => values;

    private static MatrixView<float> Fill(int rows, int columns, int gap, int seed) =>
        new(Rows.Normal(rows * (columns + gap), seed, 3), rows, columns, columns + gap);
}
