using CsCheck;
using Kelvin.Linear;
using MathNet.Numerics.LinearAlgebra;

namespace Kelvin.Tests.Linear;

public sealed class ExtremeEigenvaluesTests
{
    [Fact]
    public void Both_ends_agree_with_a_full_decomposition() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, 1000]).Sample((n, seed) =>
        {
            MatrixView<double> matrix = Symmetric(n, seed);
            double[] all = [.. Matrix<double>.Build.Dense(n, n, (i, j) => matrix[i, j]).Evd(Symmetricity.Symmetric).EigenValues.Select(x => x.Real)];
            ExtremeEigenvaluesResult ends = ExtremeEigenvalues.Lanczos(matrix);
            double scale = all.Max(Math.Abs);
            return ends.HasConverged
                && Math.Abs(ends.Smallest.Value - all.Min()) <= 1e-9 * scale
                && Math.Abs(ends.Largest.Value - all.Max()) <= 1e-9 * scale;
        }, iter: 60);

    [Fact]
    public void The_second_difference_has_its_known_spectrum()
    {
        const int size = 200;
        ExtremeEigenvaluesResult ends = ExtremeEigenvalues.Lanczos(new SecondDifference(size));

        double step = Math.PI / (2 * (size + 1));
        Assert.True(ends.HasConverged);
        Assert.Equal(4 * Math.Pow(Math.Sin(step), 2), ends.Smallest.Value, 1e-9);
        Assert.Equal(4 * Math.Pow(Math.Cos(step), 2), ends.Largest.Value, 1e-9);
        Assert.Equal(1 / Math.Pow(Math.Tan(step), 2), ends.Condition, 1e-2);
    }

    [Fact]
    public void Vectors_have_length_one_and_the_residual_that_is_stated()
    {
        MatrixView<double> matrix = Symmetric(40, 7);
        ExtremeEigenvaluesResult ends = ExtremeEigenvalues.Lanczos(matrix);

        foreach (EigenvalueEstimate end in (EigenvalueEstimate[])[ends.Smallest, ends.Largest])
        {
            double[] product = new double[40];
            Gemv.Multiply(1, matrix, Transpose.No, end.Vector.Span, 0, product.AsSpan());
            double square = 0;
            for (int i = 0; i < 40; i++)
                square += Math.Pow(product[i] - (end.Value * end.Vector.Span[i]), 2);

            Assert.Equal(1, end.Vector.ToArray().Sum(x => x * x), 1e-12);
            Assert.Equal(end.Residual, Math.Sqrt(square), 1e-12);
        }
    }

    [Fact]
    public void Power_iteration_finds_the_eigenvalue_of_largest_magnitude()
    {
        MatrixView<double> matrix = MatrixView.From(new double[,] { { -3, 1, 0 }, { 1, -2, 0 }, { 0, 0, 1 } });

        EigenvalueEstimate found = ExtremeEigenvalues.Power(matrix);

        Assert.True(found.HasConverged);
        Assert.Equal((-5 - Math.Sqrt(5)) / 2, found.Value, 1e-9);
    }

    [Fact]
    public void Opposite_eigenvalues_keep_power_iteration_from_converging_and_it_says_so()
    {
        MatrixView<double> matrix = MatrixView.From(new double[,] { { 1, 0 }, { 0, -1 } });

        EigenvalueEstimate found = ExtremeEigenvalues.Power(matrix, new EigenvalueOptions { MaxIterations = 50 });

        Assert.False(found.HasConverged);
        Assert.Equal(50, found.Iterations);
        Assert.True(found.Residual > 0.1);
        Assert.True(ExtremeEigenvalues.Lanczos(matrix).HasConverged);
    }

    [Fact]
    public void A_limit_that_is_too_low_is_an_outcome_and_not_an_exception()
    {
        ExtremeEigenvaluesResult ends = ExtremeEigenvalues.Lanczos(new SecondDifference(500), new EigenvalueOptions { MaxIterations = 5 });

        Assert.False(ends.HasConverged);
        Assert.InRange(ends.Smallest.Value, 0, ends.Largest.Value);
        Assert.True(ends.Largest.Value <= 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-2.5)]
    public void A_multiple_of_the_identity_takes_one_step(double factor)
    {
        MatrixView<double> matrix = MatrixView.Allocate<double>(30, 30);
        for (int i = 0; i < 30; i++)
            matrix[i, i] = factor;

        ExtremeEigenvaluesResult ends = ExtremeEigenvalues.Lanczos(matrix);

        Assert.True(ends.HasConverged);
        Assert.Equal((factor, factor), (Math.Round(ends.Smallest.Value, 12), Math.Round(ends.Largest.Value, 12)));
        Assert.InRange(ends.Largest.Iterations, 1, 2);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_matrix_that_is_not_finite_has_no_eigenvalue(double value)
    {
        MatrixView<double> matrix = Symmetric(5, 1);
        matrix[2, 2] = value;

        Assert.True(double.IsNaN(ExtremeEigenvalues.Lanczos(matrix).Largest.Value));
        Assert.False(ExtremeEigenvalues.Lanczos(matrix).HasConverged);
        Assert.True(double.IsNaN(ExtremeEigenvalues.Power(matrix).Value));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        ExtremeEigenvaluesResult x = ExtremeEigenvalues.Lanczos(Symmetric(50, 3), new EigenvalueOptions { Seed = 5 });
        ExtremeEigenvaluesResult y = ExtremeEigenvalues.Lanczos(Symmetric(50, 3), new EigenvalueOptions { Seed = 5 });

        Assert.Equal(x.Largest.Value, y.Largest.Value);
        Assert.True(x.Smallest.Vector.Span.SequenceEqual(y.Smallest.Vector.Span));
    }

    [Fact]
    public void Senseless_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ExtremeEigenvalues.Lanczos(MatrixView.Allocate<double>(2, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExtremeEigenvalues.Power(MatrixView.Allocate<double>(0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExtremeEigenvalues.Lanczos(Symmetric(2, 1), new EigenvalueOptions { Tolerance = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExtremeEigenvalues.Lanczos(Symmetric(2, 1), new EigenvalueOptions { MaxIterations = 0 }));
    }

    private static MatrixView<double> Symmetric(int size, int seed)
    {
        MatrixView<double> matrix = Reference.Random<double>(size, size, seed);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
                matrix[i, j] = matrix[j, i];
        }

        return matrix;
    }

    private readonly struct SecondDifference(int size) : ISymmetricOperator
    {
        public int Size => size;

        public void Apply(ReadOnlySpan<double> x, Span<double> y)
        {
            for (int i = 0; i < size; i++)
                y[i] = (2 * x[i]) - (i > 0 ? x[i - 1] : 0) - (i < size - 1 ? x[i + 1] : 0);
        }
    }
}
