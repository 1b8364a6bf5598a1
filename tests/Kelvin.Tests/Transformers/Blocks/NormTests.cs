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
    public void Rms_norm_is_its_formula_over_rows_and_over_groups_of_a_row() => Case.Select(Gen.Int[1, 3]).Sample((shape, groups) =>
    {
        (int rows, int size, int seed) = shape;
        var numbers = new BlockCase(seed);
        MatrixView<double> x = numbers.Matrix(rows, groups * size, 3), y = MatrixView.Allocate<double>(rows, groups * size);
        double[] gain = numbers.Vector(size);

        RmsNorm.Forward<double>(x, gain, Epsilon, y);

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < groups * size; j++)
            {
                double square = x.Row(i).ToArray().Skip(j / size * size).Take(size).Average(v => v * v);
                Assert.Equal(gain[j % size] * x[i, j] / Math.Sqrt(square + Epsilon), y[i, j], 1e-12);
            }
        }
    });

    [Fact]
    public void Heads_in_place_are_the_norm_with_gain_one_and_leave_the_rest_of_a_row_alone() => Case.Select(Gen.Int[1, 3]).Sample((shape, heads) =>
    {
        (int rows, int size, int seed) = shape;
        var numbers = new BlockCase(seed);
        MatrixView<double> wide = numbers.Matrix(rows, (heads + 1) * size), apart = MatrixView.Allocate<double>(rows, heads * size);
        double[] rest = Entries(wide.Block(0, heads * size, rows, size));
        MatrixView<double> part = wide.Block(0, 0, rows, heads * size);
        double[] ones = [.. Enumerable.Repeat(1.0, size)];
        RowScaling<double>[] kept = new RowScaling<double>[rows * heads], keptApart = new RowScaling<double>[rows * heads];
        RmsNorm.Forward<double>(part, ones, Epsilon, apart, keptApart, threads: 2);

        RmsNorm.ForwardHeads(part, size, Epsilon, kept);

        Assert.Equal(keptApart, kept);
        Assert.Equal(Entries(apart), Entries(part));
        Assert.Equal(rest, Entries(wide.Block(0, heads * size, rows, size)));
    });

    [Fact]
    public void The_gradient_of_heads_in_place_is_that_of_the_norm_with_gain_one() => Case.Select(Gen.Int[1, 3]).Sample((shape, heads) =>
    {
        (int rows, int size, int seed) = shape;
        var numbers = new BlockCase(seed);
        MatrixView<double> x = numbers.Matrix(rows, heads * size), g = numbers.Matrix(rows, heads * size), dX = MatrixView.Allocate<double>(rows, heads * size);
        double[] ones = [.. Enumerable.Repeat(1.0, size)];
        var kept = new RowScaling<double>[rows * heads];
        RmsNorm.Forward<double>(x, ones, Wide, MatrixView.Allocate<double>(rows, heads * size), kept);
        RmsNorm.Backward<double>(x, ones, kept, g, dX, new double[size]);

        RmsNorm.ForwardHeads(x, size, Wide, kept);
        RmsNorm.BackwardHeads<double>(x, size, kept, g);

        for (int i = 0; i < rows * heads * size; i++)
            Assert.Equal(dX.Span[i], g.Span[i], 1e-12);
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
    public void The_gradients_of_rms_norm_agree_with_central_differences() => Case.Select(Gen.Int[1, 3]).Sample(
        (shape, groups) =>
        {
            (int rows, int size, int seed) = shape;
            int columns = groups * size;
            var numbers = new BlockCase(seed);
            MatrixView<double> x = numbers.Matrix(rows, columns), y = MatrixView.Allocate<double>(rows, columns), c = numbers.Matrix(rows, columns);
            double[] gain = numbers.Vector(size);
            var kept = new RowScaling<double>[rows * groups];
            MatrixView<double> dX = MatrixView.Allocate<double>(rows, columns);
            double[] dGain = new double[size];
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

    [Fact]
    public void Columns_that_are_no_multiple_of_the_gain_are_refused()
    {
        MatrixView<float> x = MatrixView.Allocate<float>(1, 8);

        ArgumentException fault = Assert.Throws<ArgumentException>(() => RmsNorm.Forward<float>(x, new float[3], Epsilon, x));

        Assert.Contains("x has 8 columns, but must have a multiple of the 3", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Large enough that the norm of a row of one entry still has a slope.</summary>
    private const double Wide = 0.5;

    private static double[] Entries(MatrixView<double> matrix) => [.. Enumerable.Range(0, matrix.Rows).SelectMany(i => matrix.Row(i).ToArray())];
}
