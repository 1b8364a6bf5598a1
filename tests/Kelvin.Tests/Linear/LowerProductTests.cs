using CsCheck;
using Kelvin.Linear;

namespace Kelvin.Tests.Linear;

public sealed class LowerProductTests
{
    private static readonly Gen<(int, int, int, int, int)> Case =
        Gen.Select(Gen.Int[1, 150], Gen.Int[1, 150], Gen.Int[1, 600], Gen.Int[-40, 160], Gen.Int[0, 1000]);

    [Fact]
    public void As_far_as_the_diagonal_it_is_the_product_to_the_bit() => Case.Sample((m, n, depth, reach, seed) =>
    {
        MatrixView<double> a = Reference.Random<double>(m, depth, seed);
        MatrixView<double> b = Reference.Random<double>(n, depth, seed + 1);
        MatrixView<double> whole = Reference.Random<double>(m, n, seed + 2);
        MatrixView<double> lower = Reference.Copy(whole);
        Gemm.Multiply(0.5, a, Transpose.No, b, Transpose.Yes, 2.0, whole);

        LowerProduct.Compute(0.5, a, b, 2.0, lower, reach);

        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n && j <= i + reach; j++)
            {
                if (lower[i, j] != whole[i, j])
                    return false;
            }
        }

        return true;
    }, iter: 100);

    [Fact]
    public void Tiles_beyond_the_diagonal_are_left_alone()
    {
        MatrixView<double> a = Reference.Random<double>(192, 8, seed: 1);
        MatrixView<double> gram = MatrixView.Allocate<double>(192, 192);
        gram.Span.Fill(7);

        LowerProduct.Compute(1.0, a, a, 0.0, gram, reach: 0);

        Assert.Equal(7, gram[0, 191]);
        Assert.NotEqual(7, gram[191, 0]);
        Assert.InRange(gram.Span.Count(7.0), 192 * 191 / 2 * 9 / 10, 192 * 191 / 2);
    }
}
