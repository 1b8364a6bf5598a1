using CsCheck;
using Kelvin.Linear;
using Kelvin.Transformers.Blocks;

namespace Kelvin.Tests.Transformers.Blocks;

public sealed class TokenEmbeddingTests
{
    [Fact]
    public void Vectors_are_looked_up_and_gradients_go_back_where_they_came_from() =>
        Gen.Select(Gen.Int[1, 4].Array[1, 3], Gen.Int[1, 70], Gen.Bool, Gen.Int[0, int.MaxValue]).Sample(
            (lengths, width, hasPositions, seed) =>
            {
                const int Vocabulary = 3;
                var numbers = new BlockCase(seed);
                int[] starts = [.. Enumerable.Range(0, lengths.Length + 1).Select(i => lengths.Take(i).Sum())];
                int[] places = [.. lengths.SelectMany(n => Enumerable.Range(0, n))];
                int rows = places.Length, length = lengths.Max();
                int[] tokens = numbers.Tokens(rows, Vocabulary);
                MatrixView<double> table = numbers.Matrix(Vocabulary, width), positions = hasPositions ? numbers.Matrix(length + 1, width) : default;
                MatrixView<double> x = MatrixView.Allocate<double>(rows, width), c = numbers.Matrix(rows, width);
                MatrixView<double> dTable = MatrixView.Allocate<double>(Vocabulary, width);
                MatrixView<double> dPositions = hasPositions ? MatrixView.Allocate<double>(length + 1, width) : default;

                TokenEmbedding.Forward(tokens, starts, table, positions, x);
                TokenEmbedding.Backward(tokens, starts, c, dTable, dPositions);

                for (int j = 0; j < width; j++)
                {
                    double[] expected = new double[Vocabulary];
                    double[] expectedPositions = new double[length + 1];
                    for (int i = 0; i < rows; i++)
                    {
                        Assert.Equal(table[tokens[i], j] + (hasPositions ? positions[places[i], j] : 0), x[i, j]);
                        expected[tokens[i]] += c[i, j];
                        expectedPositions[places[i]] += c[i, j];
                    }

                    for (int token = 0; token < Vocabulary; token++)
                        Assert.Equal(expected[token], dTable[token, j], 1e-12);
                    for (int position = 0; hasPositions && position <= length; position++)
                        Assert.Equal(expectedPositions[position], dPositions[position, j], 1e-12);
                }
            });

    [Fact]
    public void A_token_outside_the_vocabulary_is_refused_by_its_number()
    {
        MatrixView<float> table = MatrixView.Allocate<float>(4, 2), x = MatrixView.Allocate<float>(2, 2);

        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(() => TokenEmbedding.Forward<float>([1, 4], [0, 2], table, default, x));

        Assert.Contains("4", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 0, 1 }, "from 0 to the 2 tokens")]
    [InlineData(new[] { 0, 3, 2 }, "falls from 3 to 2")]
    [InlineData(new[] { 0, 2 }, "has 2 tokens, but the model has 1 positions")]
    public void Starts_that_do_not_cut_the_tokens_are_refused(int[] starts, string because)
    {
        MatrixView<float> table = MatrixView.Allocate<float>(4, 2), x = MatrixView.Allocate<float>(2, 2), positions = MatrixView.Allocate<float>(1, 2);

        ArgumentException refused = Assert.Throws<ArgumentException>(() => TokenEmbedding.Forward<float>([1, 3], starts, table, positions, x));

        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
    }
}
