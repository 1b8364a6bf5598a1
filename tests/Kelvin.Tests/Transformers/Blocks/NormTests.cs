using CsCheck;
using Kelvin.Linear;
using Kelvin.Transformers.Blocks;

namespace Kelvin.Tests.Transformers.Blocks;

public sealed class NormTests
{
    private const double Epsilon = 1e-3;

    private static readonly Gen<(int Rows, int Columns, int Seed)> Case = Gen.Select(Gen.Int[1, 5], Gen.Int[1, 21], Gen.Int[0, int.MaxValue]);

    [Fact]
    public void Layer_norm_is_its_formula() => Case.Sample((rows, columns, seed) =>
    {
        var numbers = new BlockCase(seed);
        MatrixView<double> x = numbers.Matrix(rows, columns, 3), y = MatrixView.Allocate<double>(rows, columns);
        double[] gain = numbers.Vector(columns), shift = numbers.Vector(columns);

        LayerNorm.Forward<double>(x, gain, shift, Epsilon, y, new RowScaling<double>[rows]);

        for (int i = 0; i < rows; i++)
        {
            double[] row = x.Row(i).ToArray();
            double mean = row.Average();
            double variance = row.Average(v => (v - mean) * (v - mean));
            for (int j = 0; j < columns; j++)
                Assert.Equal((gain[j] * (row[j] - mean) / Math.Sqrt(variance + Epsilon)) + shift[j], y[i, j], 1e-12);
        }
    });

    [Fact]
    public void Rms_norm_is_its_formula() => Case.Sample((rows, columns, seed) =>
    {
        var numbers = new BlockCase(seed);
        MatrixView<double> x = numbers.Matrix(rows, columns, 3), y = MatrixView.Allocate<double>(rows, columns);
        double[] gain = numbers.Vector(columns);

        RmsNorm.Forward<double>(x, gain, Epsilon, y, new RowScaling<double>[rows]);

        for (int i = 0; i < rows; i++)
        {
            double square = x.Row(i).ToArray().Average(v => v * v);
            for (int j = 0; j < columns; j++)
                Assert.Equal(gain[j] * x[i, j] / Math.Sqrt(square + Epsilon), y[i, j], 1e-12);
        }
    });

    [Fact]
    public void The_gradients_of_layer_norm_agree_with_central_differences() => Case.Sample(
        (rows, columns, seed) =>
        {
            var numbers = new BlockCase(seed);
            MatrixView<double> x = numbers.Matrix(rows, columns), y = MatrixView.Allocate<double>(rows, columns), c = numbers.Matrix(rows, columns);
            double[] gain = numbers.Vector(columns), shift = numbers.Vector(columns);
            var kept = new RowScaling<double>[rows];
            MatrixView<double> dX = MatrixView.Allocate<double>(rows, columns);
            double[] dGain = new double[columns], dShift = new double[columns];
            double Loss()
            {
                LayerNorm.Forward<double>(x, gain, shift, Wide, y, kept);
                return BlockCase.Weigh(c, y);
            }

            Loss();
            LayerNorm.Backward<double>(x, gain, kept, c, dX, dGain, dShift);

            Assert.InRange(BlockCase.Error(dX.Span, numbers.MemoryOf(x), Loss), 0, 1e-7);
            Assert.InRange(BlockCase.Error(dGain, gain, Loss), 0, 1e-9);
            Assert.InRange(BlockCase.Error(dShift, shift, Loss), 0, 1e-9);
        },
        iter: 60);

    [Fact]
    public void The_gradients_of_rms_norm_agree_with_central_differences() => Case.Sample(
        (rows, columns, seed) =>
        {
            var numbers = new BlockCase(seed);
            MatrixView<double> x = numbers.Matrix(rows, columns), y = MatrixView.Allocate<double>(rows, columns), c = numbers.Matrix(rows, columns);
            double[] gain = numbers.Vector(columns);
            var kept = new RowScaling<double>[rows];
            MatrixView<double> dX = MatrixView.Allocate<double>(rows, columns);
            double[] dGain = new double[columns];
            double Loss()
            {
                RmsNorm.Forward<double>(x, gain, Wide, y, kept);
                return BlockCase.Weigh(c, y);
            }

            Loss();
            RmsNorm.Backward<double>(x, gain, kept, c, dX, dGain);

            Assert.InRange(BlockCase.Error(dX.Span, numbers.MemoryOf(x), Loss), 0, 1e-7);
            Assert.InRange(BlockCase.Error(dGain, gain, Loss), 0, 1e-9);
        },
        iter: 60);

    [Fact]
    public void In_float_both_norms_are_within_their_bounds() => Gen.Select(Gen.Int[1, 1500], Gen.Double[-1, 1], Gen.Int[0, int.MaxValue]).Sample(
        (columns, centre, seed) =>
        {
            var numbers = new BlockCase(seed);
            float[] row = [.. numbers.Vector(columns).Select(v => (float)(v + centre))], gain = [.. numbers.Vector(columns).Select(v => (float)v)];
            float[] shift = [.. numbers.Vector(columns).Select(v => (float)v)];
            float[] layer = new float[columns], rms = new float[columns];
            double mean = row.Average(v => (double)v), size = Math.Sqrt(row.Average(v => (v - mean) * (v - mean)) + Epsilon);
            double root = Math.Sqrt(row.Average(v => (double)v * v) + Epsilon);

            LayerNorm.Forward<float>(new(row, 1, columns), gain, shift, Epsilon, new(layer, 1, columns), new RowScaling<float>[1]);
            RmsNorm.Forward<float>(new(row, 1, columns), gain, Epsilon, new(rms, 1, columns), new RowScaling<float>[1]);

            double largest = Enumerable.Range(0, columns).Max(j => Math.Abs(gain[j] * (row[j] - mean) / size) + Math.Abs(shift[j]));
            double u = Math.ScaleB(1, -24);
            for (int j = 0; j < columns; j++)
            {
                Assert.Equal((gain[j] * (row[j] - mean) / size) + shift[j], layer[j], ((2 * Math.Sqrt(columns)) + 8) * u * Math.Max(largest, Math.Abs(gain[j]) * Math.Abs(mean) / size));
                Assert.Equal(gain[j] * row[j] / root, rms[j], (Math.Sqrt(columns) + 6) * u * Math.Abs(gain[j] * row[j] / root));
            }
        });

    [Fact]
    public void Backward_adds_to_what_is_there()
    {
        var numbers = new BlockCase(1);
        MatrixView<double> x = numbers.Matrix(3, 9), y = MatrixView.Allocate<double>(3, 9), c = numbers.Matrix(3, 9);
        double[] gain = numbers.Vector(9);
        var kept = new RowScaling<double>[3];
        RmsNorm.Forward<double>(x, gain, Epsilon, y, kept);
        MatrixView<double> once = MatrixView.Allocate<double>(3, 9), twice = MatrixView.Allocate<double>(3, 9);
        double[] sums = new double[9];

        RmsNorm.Backward<double>(x, gain, kept, c, once, sums);
        RmsNorm.Backward<double>(x, gain, kept, c, twice, sums);
        RmsNorm.Backward<double>(x, gain, kept, c, twice, sums);

        for (int i = 0; i < 3; i++)
            Assert.Equal(once.Row(i).ToArray().Select(v => 2 * v), twice.Row(i).ToArray());
    }

    [Fact]
    public void A_row_with_nan_spoils_no_other()
    {
        MatrixView<float> x = MatrixView.Allocate<float>(3, 8), y = MatrixView.Allocate<float>(3, 8);
        x.Span.Fill(1);
        x[0, 0] = 2;
        x[2, 3] = 2;
        x[1, 5] = float.NaN;
        float[] ones = [1, 1, 1, 1, 1, 1, 1, 1];

        LayerNorm.Forward<float>(x, ones, ones, 1e-5, y, new RowScaling<float>[3]);

        Assert.All(y.Row(1).ToArray(), value => Assert.True(float.IsNaN(value)));
        Assert.All([.. y.Row(0), .. y.Row(2)], value => Assert.True(float.IsFinite(value)));
    }

    /// <summary>Large enough that the norm of a row of one entry still has a slope.</summary>
    private const double Wide = 0.5;
}
