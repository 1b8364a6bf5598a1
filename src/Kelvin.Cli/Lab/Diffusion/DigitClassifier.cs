using Kelvin.Datasets;
using Kelvin.Diffusion;
using Kelvin.Linear;
using Kelvin.Networks;
using MathNet.Numerics.Random;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>A classifier of digits that judges the generator and never saw its images.</summary>
internal sealed class DigitClassifier
{
    private const int Units = 128;
    private const int Copies = 40;
    private const double Warp = 0.8;
    private readonly TwoLayerNetwork<float> _network;

    /// <summary>Trains it on images, each also warped 39 times.</summary>
    public DigitClassifier(Dataset images, int seed)
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        MatrixView<float> inputs = MatrixView.Allocate<float>(images.Rows * Copies, images.FeatureCount);
        int[] labels = new int[inputs.Rows];
        double[] warped = new double[images.FeatureCount];
        for (int i = 0; i < inputs.Rows; i++)
        {
            int row = i % images.Rows;
            labels[i] = images.Labels.Span[row];
            ImageWarp.Apply(images.Features.Row(row), DigitImages.Side, i < images.Rows ? 0 : Warp, random, warped);
            for (int j = 0; j < warped.Length; j++)
                inputs[i, j] = (float)(warped[j] / DigitImages.White);
        }

        _network = TwoLayerNetwork.Create<float>(
            new NetworkOptions { Inputs = images.FeatureCount, Hidden = Units, Outputs = images.ClassCount, Activation = HiddenActivation.Relu }, seed);
        var options = new TrainingOptions
        {
            Epochs = 15,
            BatchSize = 64,
            Seed = seed,
            Loss = new LossOptions { LabelSmoothing = 0.05 },
            Optimiser = new OptimiserOptions { Kind = OptimiserKind.AdamW, LearningRate = 2e-3, WeightDecay = 0.01 },
            Schedule = new ScheduleOptions { Kind = ScheduleKind.Cosine },
        };
        new Trainer<float>(_network, TrainingSet.Classification<float>(inputs, labels), null, options).Run();
    }

    /// <summary>Share of images, in pixels from 0 to 16, that it puts into their class.</summary>
    public double Accuracy(ReadOnlyMatrixView<double> images, ReadOnlySpan<int> labels)
    {
        MatrixView<float> outputs = MatrixView.Allocate<float>(images.Rows, _network.Options.Outputs);
        Look(images, outputs);
        int right = 0;
        for (int i = 0; i < images.Rows; i++)
            right += System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(outputs.Row(i)) == labels[i] ? 1 : 0;
        return (double)right / images.Rows;
    }

    /// <summary>Its hidden units, shape n × 128: the space of the Fréchet distance.</summary>
    public MatrixView<double> Features(ReadOnlyMatrixView<double> images)
    {
        MatrixView<double> features = MatrixView.Allocate<double>(images.Rows, Units);
        for (int i = 0; i < images.Rows; i++)
        {
            for (int r = 0; r < Units; r++)
            {
                double sum = _network.HiddenBias[r];
                for (int j = 0; j < images.Columns; j++)
                    sum += images[i, j] / DigitImages.White * _network.HiddenWeights[j, r];
                features[i, r] = Math.Max(0, sum);
            }
        }

        return features;
    }

    private void Look(ReadOnlyMatrixView<double> images, MatrixView<float> outputs)
    {
        MatrixView<float> inputs = MatrixView.Allocate<float>(images.Rows, images.Columns);
        for (int i = 0; i < images.Rows; i++)
        {
            for (int j = 0; j < images.Columns; j++)
                inputs[i, j] = (float)(images[i, j] / DigitImages.White);
        }

        _network.Forward(inputs, outputs, new NetworkWorkspace<float>(_network.Options, 256));
    }
}
