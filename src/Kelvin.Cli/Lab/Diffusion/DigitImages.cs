using Kelvin.Datasets;
using Kelvin.Diffusion;
using Kelvin.Linear;
using MathNet.Numerics.Random;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>The digits, dealt to generator, classifier and test, and brought to a scale around 0.</summary>
internal sealed class DigitImages
{
    public const int Side = 8;

    /// <summary>The lightest pixel of the data.</summary>
    public const double White = 16;

    private const int Copies = 20;
    private const double Warp = 0.6;
    private readonly double[] _mean;

    public DigitImages(Dataset all, int seed)
    {
        StratifiedSplit split = StratifiedSplit.Make(all.Labels.Span, 0.6, 0.25, 0.15, seed);
        Generator = all.Subset(split.Train);
        Classifier = all.Subset(split.Validation);
        Test = all.Subset(split.Test);
        _mean = new double[all.FeatureCount];
        for (int i = 0; i < Generator.Rows; i++)
        {
            for (int j = 0; j < _mean.Length; j++)
                _mean[j] += Scale(Generator.Features[i, j]) / Generator.Rows;
        }

        MatrixView<double> scaled = Scaled(Generator.Features);
        Deviation = Math.Sqrt(System.Numerics.Tensors.TensorPrimitives.SumOfSquares<double>(scaled.Span) / scaled.Span.Length);
    }

    /// <summary>What the generator learns from: 60 %.</summary>
    public Dataset Generator { get; }

    /// <summary>What the classifier learns from: 25 %.</summary>
    public Dataset Classifier { get; }

    /// <summary>What neither sees: 15 %.</summary>
    public Dataset Test { get; }

    /// <summary>Root mean square of a scaled pixel.</summary>
    public double Deviation { get; }

    /// <summary>Pixels brought from 0 … 16 to −1 … 1, less the mean image.</summary>
    public MatrixView<double> Scaled(ReadOnlyMatrixView<double> pixels)
    {
        MatrixView<double> scaled = MatrixView.Allocate<double>(pixels.Rows, pixels.Columns);
        for (int i = 0; i < pixels.Rows; i++)
        {
            for (int j = 0; j < pixels.Columns; j++)
                scaled[i, j] = Scale(pixels[i, j]) - _mean[j];
        }

        return scaled;
    }

    /// <summary>The way back, to the whole numbers from 0 to 16 that pixels of the data are: a copy of an image stays one.</summary>
    public MatrixView<double> Pixels(MatrixView<float> scaled)
    {
        MatrixView<double> pixels = MatrixView.Allocate<double>(scaled.Rows, scaled.Columns);
        for (int i = 0; i < scaled.Rows; i++)
        {
            for (int j = 0; j < scaled.Columns; j++)
                pixels[i, j] = Math.Clamp(Math.Round((scaled[i, j] + _mean[j] + 1) * 0.5 * White), 0, White);
        }

        return pixels;
    }

    /// <summary>Examples for the generator: half of them as they are, half warped and marked so, as classes 10 to 19.</summary>
    /// <remarks>Warped images teach shapes without being copied: the classes that are sampled from are only those of real images.</remarks>
    public (MatrixView<float> Data, int[] Labels) Examples(int seed)
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        MatrixView<double> pixels = MatrixView.Allocate<double>(Generator.Rows * Copies, Generator.FeatureCount);
        int[] labels = new int[pixels.Rows];
        for (int i = 0; i < pixels.Rows; i++)
        {
            int row = i % Generator.Rows;
            bool isReal = i < pixels.Rows / 2;
            ImageWarp.Apply(Generator.Features.Row(row), Side, isReal ? 0 : Warp, random, pixels.Row(i));
            labels[i] = Generator.Labels.Span[row] + (isReal ? 0 : Generator.ClassCount);
        }

        return (Narrow(Scaled(pixels)), labels);
    }

    public static MatrixView<float> Narrow(ReadOnlyMatrixView<double> values)
    {
        MatrixView<float> narrow = MatrixView.Allocate<float>(values.Rows, values.Columns);
        for (int i = 0; i < values.Rows; i++)
        {
            for (int j = 0; j < values.Columns; j++)
                narrow[i, j] = (float)values[i, j];
        }

        return narrow;
    }

    private static double Scale(double pixel) => (2 * pixel / White) - 1;
}
