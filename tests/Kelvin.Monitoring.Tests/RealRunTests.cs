using Kelvin.Datasets;
using Kelvin.Linear;
using Kelvin.Networks;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Monitoring.Tests;

/// <summary>Networks that are really trained, at steps from safe to far too large.</summary>
public sealed class RealRunTests
{
    private static readonly Lazy<TrainingSet<float>> DigitSet = new(() =>
    {
        Dataset all = CsvDatasets.Read(Path.Combine(Repository.Root, "data", "digits.csv.gz"));
        return TrainingSet.From<float>(FeatureScaling.Fit(all.Features, ScalingKind.UnitRange).Apply(all));
    });

    public static TheoryData<HiddenActivation> Activations => [HiddenActivation.Softmax, HiddenActivation.Exp, HiddenActivation.Relu];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Gradient_descent_within_the_stable_step_is_left_alone(HiddenActivation activation)
    {
        foreach (double share in new[] { 0.25, 0.9 })
        {
            for (int seed = 0; seed < 4; seed++)
                Assert.Empty(Theory(activation, share, seed, steps: 500).Monitor.Incidents);
        }
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Gradient_descent_beyond_the_stable_step_is_named_before_or_when_it_first_goes_wrong(HiddenActivation activation)
    {
        int bad = 0;
        foreach (double share in new[] { 1.6, 2.5, 16 })
        {
            for (int seed = 0; seed < 4; seed++)
                bad += Judge(Theory(activation, share, seed, steps: 500)) ? 1 : 0;
        }

        Assert.True(bad >= 4, $"Only {bad} runs went wrong: the test needs larger steps.");
    }

    [Theory]
    [InlineData(HiddenActivation.Softmax, 0.1)]
    [InlineData(HiddenActivation.Relu, 0.01)]
    [InlineData(HiddenActivation.Exp, 0.003)]
    public void Digits_at_a_safe_step_are_left_alone(HiddenActivation activation, double learningRate)
    {
        for (int seed = 0; seed < 2; seed++)
            Assert.Empty(Digits(activation, learningRate, seed).Monitor.Incidents);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Digits_at_a_step_far_too_large_are_named_before_or_when_they_first_go_wrong(HiddenActivation activation)
    {
        int bad = 0;
        foreach (double learningRate in new[] { 30, 1000.0 })
        {
            for (int seed = 0; seed < 2; seed++)
                bad += Judge(Digits(activation, learningRate, seed)) ? 1 : 0;
        }

        Assert.True(bad >= 2, $"Only {bad} runs went wrong: the test needs larger steps.");
    }

    /// <summary>Checks a run that ended badly; says whether it did.</summary>
    private static bool Judge(EndingRecorder run)
    {
        if (run.Ending == Ending.Good)
            return false;

        Incident incident = run.Monitor.Incidents[0];
        Assert.True(incident.OpenedStep <= run.FirstBadStep, $"{run.Ending} at step {run.FirstBadStep}, but named at {incident.OpenedStep}.");
        Assert.Equal(Causes.LearningRateTooHigh, incident.Cause);
        return true;
    }

    private static EndingRecorder Theory(HiddenActivation activation, double shareOfStable, int seed, int steps)
    {
        const int Examples = 16, Inputs = 8;
        var normal = new Normal(0, 1, new Xoshiro256StarStar(seed, false));
        MatrixView<double> x = MatrixView.Allocate<double>(Examples, Inputs);
        MatrixView<double> y = MatrixView.Allocate<double>(Examples, 1);
        for (int i = 0; i < Examples; i++)
        {
            double square = 0;
            for (int j = 0; j < Inputs; j++)
            {
                x[i, j] = normal.Sample();
                square += x[i, j] * x[i, j];
            }

            for (int j = 0; j < Inputs; j++)
                x[i, j] /= Math.Sqrt(square);
            y[i, 0] = normal.Sample();
        }

        NetworkOptions options = NetworkOptions.Theory(Inputs, hidden: 64, outputs: 1, activation) with { SymmetricStart = true };
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, seed);
        double rate = shareOfStable * 2 / LargestTangentEigenvalue(network, x);
        var training = new TrainingOptions
        {
            Loss = LossOptions.Theory, Optimiser = new() { Kind = OptimiserKind.Sgd, LearningRate = rate }, BatchSize = null, Epochs = steps,
        };
        return EndingRecorder.Train(network, TrainingSet.Regression<double>(x, y), training);
    }

    private static double LargestTangentEigenvalue(TwoLayerNetwork<double> network, MatrixView<double> x)
    {
        var workspace = new NetworkWorkspace<double>(network.Options, 1);
        var jacobian = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(x.Rows, network.TrainedCount);
        for (int i = 0; i < x.Rows; i++)
        {
            MatrixView<double> target = MatrixView.Allocate<double>(1, 1);
            network.Forward(x.RowRange(i, 1), workspace);
            target[0, 0] = workspace.Outputs[0, 0] - 1;   // a residual of 1: the gradient of the loss is the output's
            network.LossAndGradient(x.RowRange(i, 1), target, LossOptions.Theory, workspace);
            for (int k = 0; k < network.TrainedCount; k++)
                jacobian[i, k] = workspace.Gradient[k];
        }

        return Math.Pow(jacobian.L2Norm(), 2);
    }

    private static EndingRecorder Digits(HiddenActivation activation, double learningRate, int seed)
    {
        var options = new NetworkOptions { Inputs = 64, Hidden = 64, Outputs = 10, Activation = activation };
        var training = new TrainingOptions
        {
            Optimiser = new() { Kind = OptimiserKind.Sgd, LearningRate = learningRate }, BatchSize = 32, Epochs = 100, MaxSteps = 150, Seed = seed,
        };
        return EndingRecorder.Train(TwoLayerNetwork.Create<float>(options, seed), DigitSet.Value, training);
    }
}
