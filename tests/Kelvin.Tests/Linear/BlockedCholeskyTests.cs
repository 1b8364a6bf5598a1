using CsCheck;
using Kelvin.Linear;
using MathNet.Numerics.LinearAlgebra;

namespace Kelvin.Tests.Linear;

public sealed class BlockedCholeskyTests
{
    private static readonly Gen<MatrixView<double>> Definite =
        from n in Gen.Int[1, 140]
        from seed in Gen.Int[0, 1_000_000]
        select PositiveDefinite(n, seed);

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void The_factor_solves_what_MathNet_solves(int n)
    {
        MatrixView<double> a = PositiveDefinite(n, n);
        MatrixView<double> b = MatrixView.Allocate<double>(n, 3);
        for (int i = 0; i < n; i++)
            b.Row(i).Fill(Math.Sin(i));
        Matrix<double> expected = Dense(a).Cholesky().Solve(Dense(b));

        Assert.True(BlockedCholesky.Factor(a, 1));
        BlockedCholesky.Solve(a, b);

        Assert.InRange((expected - Dense(b)).FrobeniusNorm(), 0, 1e-11 * expected.FrobeniusNorm());
    }

    [Fact]
    public void The_factor_times_its_transpose_is_the_matrix_within_the_bound() => Definite.Sample(a =>
    {
        Matrix<double> before = Dense(a);

        Assert.True(BlockedCholesky.Factor(a, 1));

        Matrix<double> lower = Dense(a).LowerTriangle();
        double unit = (a.Rows + 1) * Math.Pow(2, -53);
        Assert.InRange((before - (lower * lower.Transpose())).FrobeniusNorm(), 0, unit / (1 - unit) * before.Trace());
    });

    [Fact]
    public void Threads_change_no_bit()
    {
        MatrixView<double> one = PositiveDefinite(300, 5);
        MatrixView<double> four = PositiveDefinite(300, 5);

        BlockedCholesky.Factor(one, 1);
        BlockedCholesky.Factor(four, 4);

        Assert.Equal(Dense(one).LowerTriangle(), Dense(four).LowerTriangle());
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_said_to_be_so()
    {
        Assert.False(BlockedCholesky.Factor(MatrixView.From(new[,] { { 1.0, 2 }, { 2, 1 } }), 1));
        Assert.False(BlockedCholesky.Factor(MatrixView.From(new[,] { { double.NaN } }), 1));
        Assert.False(BlockedCholesky.Factor(MatrixView.From(new[,] { { 0.0 } }), 1));
    }

    /// <summary>G Gᵀ + I of an n × n matrix of uniform draws.</summary>
    private static MatrixView<double> PositiveDefinite(int n, int seed)
    {
        var random = new Random(seed);
        Matrix<double> g = Matrix<double>.Build.Dense(n, n, (_, _) => random.NextDouble() - 0.5);
        return MatrixView.From(((g * g.Transpose()) + Matrix<double>.Build.DenseIdentity(n)).ToArray());
    }

    private static Matrix<double> Dense(MatrixView<double> a) => Matrix<double>.Build.Dense(a.Rows, a.Columns, (i, j) => a[i, j]);
}
