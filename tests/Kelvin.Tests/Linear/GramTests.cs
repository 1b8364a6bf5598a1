using System.Runtime.Intrinsics;
using CsCheck;
using Kelvin.Linear;

namespace Kelvin.Tests.Linear;

public sealed class GramTests
{
    private static readonly Gen<(int, int, int)> Case = Gen.Select(Gen.Int[1, 200], Gen.Int[1, 60], Gen.Int[0, 1000]);

    [Fact]
    public void Inner_products_stay_within_the_stated_bound() => Case.Sample((n, d, seed) =>
    {
        MatrixView<float> a = Reference.Random<float>(n, d, seed, gap: 3);
        MatrixView<float> gram = Reference.Random<float>(n, n, seed, gap: 1);
        (double[,], double[,]) expected = Reference.Multiply(1f, a, Transpose.No, a, Transpose.Yes, 0f, gram);
        Gram.Compute(a, gram, threads: 2);
        return Reference.IsWithin(gram, expected);
    }, iter: 60);

    [Fact]
    public void The_result_is_symmetric_to_the_bit_and_the_same_on_any_number_of_threads() => Case.Sample((n, d, seed) =>
    {
        MatrixView<double> a = Reference.Random<double>(n, d, seed);
        MatrixView<double> alone = MatrixView.Allocate<double>(n, n);
        MatrixView<double> together = MatrixView.Allocate<double>(n, n);
        MatrixView<double> across = MatrixView.Allocate<double>(n, n);
        Gram.Compute(a, alone);
        Gram.Compute(a, together, threads: 3);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                across[j, i] = alone[i, j];
        }

        return Reference.AreSame<double>(alone, together) && Reference.AreSame<double>(alone, across);
    }, iter: 60);

    [Fact]
    public void It_is_the_product_with_the_transpose_at_every_width() => Case.Sample((n, d, seed) =>
    {
        MatrixView<double> a = Reference.Random<double>(n, d, seed);
        MatrixView<double> product = MatrixView.Allocate<double>(n, n);
        MatrixView<double> gram = MatrixView.Allocate<double>(n, n);
        GemmProblem<double> problem = new(1, a, Transpose.No, a, Transpose.Yes, 0, gram);
        (double[,], double[,]) expected = Reference.Multiply(1d, a, Transpose.No, a, Transpose.Yes, 0d, product);
        GramJob<Simd512<double>, Vector512<double>, double>.Run(problem, 1);
        bool holds = Reference.IsWithin(gram, expected);
        GramJob<Simd256<double>, Vector256<double>, double>.Run(problem, 1);
        holds &= Reference.IsWithin(gram, expected);
        GramJob<Simd128<double>, Vector128<double>, double>.Run(problem, 1);
        holds &= Reference.IsWithin(gram, expected);
        GramJob<SimdScalar<double>, double, double>.Run(problem, 1);
        return holds && Reference.IsWithin(gram, expected);
    }, iter: 15);

    [Fact]
    public void A_row_that_is_not_a_number_spoils_its_row_and_column_only()
    {
        MatrixView<float> a = Reference.Random<float>(9, 4, 1);
        a[5, 2] = float.NaN;
        MatrixView<float> gram = MatrixView.Allocate<float>(9, 9);

        Gram.Compute(a, gram);

        for (int i = 0; i < 9; i++)
        {
            for (int j = 0; j < 9; j++)
                Assert.Equal(i == 5 || j == 5, float.IsNaN(gram[i, j]));
        }
    }

    [Fact]
    public void Rows_without_elements_have_inner_products_of_zero()
    {
        MatrixView<float> gram = MatrixView.From(new float[,] { { 1, 2 }, { 3, 4 } });

        Gram.Compute(MatrixView.Allocate<float>(2, 0), gram);
        Gram.Compute(MatrixView.Allocate<float>(0, 2), MatrixView.Allocate<float>(0, 0));

        Assert.Equal([0, 0, 0, 0], gram.Span.ToArray());
    }

    [Fact]
    public void A_result_of_the_wrong_shape_is_refused() =>
        Assert.Throws<ArgumentException>(() => Gram.Compute(MatrixView.Allocate<float>(2, 3), MatrixView.Allocate<float>(3, 3)));
}
