using CsCheck;
using Kelvin.Linear;
using Kelvin.Transformers.Blocks;

namespace Kelvin.Tests.Transformers.Blocks;

public sealed class TokenEmbeddingTests
{
    [Fact]
    public void Vectors_are_looked_up_and_gradients_go_back_where_they_came_from() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 4], Gen.Int[1, 70], Gen.Bool, Gen.Int[0, int.MaxValue]).Sample(
            (sequences, length, width, hasPositions, seed) =>
            {
                const int Vocabulary = 3;
                var numbers = new BlockCase(seed);
                int rows = sequences * length;
                int[] tokens = numbers.Tokens(rows, Vocabulary);
                MatrixView<double> table = numbers.Matrix(Vocabulary, width), positions = hasPositions ? numbers.Matrix(length + 1, width) : default;
                MatrixView<double> x = MatrixView.Allocate<double>(rows, width), c = numbers.Matrix(rows, width);
                MatrixView<double> dTable = MatrixView.Allocate<double>(Vocabulary, width);
                MatrixView<double> dPositions = hasPositions ? MatrixView.Allocate<double>(length + 1, width) : default;

                TokenEmbedding.Forward(tokens, length, table, positions, x);
                TokenEmbedding.Backward(tokens, length, c, dTable, dPositions);

                for (int j = 0; j < width; j++)
                {
                    double[] expected = new double[Vocabulary];
                    double[] expectedPositions = new double[length + 1];
                    for (int i = 0; i < rows; i++)
                    {
                        Assert.Equal(table[tokens[i], j] + (hasPositions ? positions[i % length, j] : 0), x[i, j]);
                        expected[tokens[i]] += c[i, j];
                        expectedPositions[i % length] += c[i, j];
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

        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(() => TokenEmbedding.Forward<float>([1, 4], 2, table, default, x));

        Assert.Contains("4", refused.Message, StringComparison.Ordinal);
    }
}
