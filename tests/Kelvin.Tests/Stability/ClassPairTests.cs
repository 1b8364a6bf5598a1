using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Tests.Stability;

public sealed class ClassPairTests
{
    private static readonly double[,] Outputs = { { 3, 1, 9 }, { 1, 2, 0 }, { 2, 2, 0 }, { 0, 0, 1 } };

    [Fact]
    public void Only_the_two_classes_and_their_outputs_count()
    {
        int[] labels = [0, 0, 1, 2];

        Assert.Equal(1.0 / 3, new ClassPair(0, 1).Accuracy<double>(Matrix(Outputs), labels), 1e-15);
    }

    [Fact]
    public void Without_an_example_there_is_no_accuracy() =>
        Assert.True(double.IsNaN(new ClassPair(5, 6).Accuracy<double>(Matrix(Outputs), [0, 1, 2, 2])));

    [Fact]
    public void The_nearest_pairs_are_those_whose_means_lie_nearest()
    {
        TrainingSet<double> set = TrainingSet.Classification<double>(Matrix(new double[,] { { 0, 0 }, { 10, 0 }, { 11, 0 }, { 11, 4 } }), Enumerable.Range(0, 4).ToArray());

        Assert.Equal([new ClassPair(1, 2), new ClassPair(2, 3)], ClassPair.Nearest(set, 2));
    }

    private static MatrixView<double> Matrix(double[,] values)
    {
        MatrixView<double> matrix = MatrixView.Allocate<double>(values.GetLength(0), values.GetLength(1));
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
                matrix[i, j] = values[i, j];
        }

        return matrix;
    }
}
