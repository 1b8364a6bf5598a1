using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;
using Kelvin.Tangents.Certificates;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Tangents.Certificates;

/// <summary>The statements that hold with a probability: about clean targets and about new data.</summary>
public sealed class ProbableStatementTests
{
    [Theory]
    [InlineData(HiddenActivation.Softmax)]
    [InlineData(HiddenActivation.Relu)]
    public void The_error_against_clean_targets_is_within_its_bound_over_a_hundred_draws_of_the_noise(HiddenActivation activation)
    {
        const double Noise = 0.5;
        var random = new Xoshiro256StarStar(5, threadSafe: false);
        MatrixView<double> inputs = CertificateCase.Sphere(12, 4, random);
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(NetworkOptions.Theory(4, 128, 1, activation) with { SymmetricStart = true }, 2);
        double rate = 0.2 * TangentKernel.Compute(network, inputs).StableStep();
        int above = 0;
        int vacuous = 0;
        double tightest = double.PositiveInfinity;
        for (int draw = 0; draw < 100; draw++)
        {
            MatrixView<double> clean = MatrixView.Allocate<double>(12, 1);
            MatrixView<double> targets = MatrixView.Allocate<double>(12, 1);
            for (int i = 0; i < 12; i++)
            {
                clean[i, 0] = 3 * inputs[i, 0];
                targets[i, 0] = clean[i, 0] + (Noise * Normal.Sample(random, 0, 1));
            }

            TrainingCertificate certificate = TrainingCertificate.Prove(
                network, inputs, targets, new CertificateOptions { LearningRate = rate, Steps = 60, LabelNoise = Noise });
            CertificateStatement statement = certificate.CleanTargets!;
            double error = CleanErrorAt(statement.Step!.Value, network, inputs, clean, targets, rate);

            vacuous += statement.Verdict == CertificateVerdict.Vacuous ? 1 : 0;
            above += error > statement.Bound ? 1 : 0;
            tightest = Math.Min(tightest, statement.Bound / error);
        }

        Assert.InRange(above, 0, 5);
        Assert.Equal(0, vacuous);
        Assert.InRange(tightest, 1, 50);
    }

    [Fact]
    public void Without_noise_the_bound_of_the_clean_error_is_the_residual()
    {
        var random = new Xoshiro256StarStar(6, threadSafe: false);
        MatrixView<double> inputs = CertificateCase.Sphere(6, 4, random);
        MatrixView<double> targets = MatrixView.Allocate<double>(6, 1);
        targets.Span.Fill(0.1);
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(NetworkOptions.Theory(4, 256, 1, HiddenActivation.Exp), 2);
        double rate = 0.2 * TangentKernel.Compute(network, inputs).StableStep();

        TrainingCertificate certificate = TrainingCertificate.Prove(
            network, inputs, targets, new CertificateOptions { LearningRate = rate, Steps = 40, LabelNoise = 1e-12 });

        Assert.InRange(certificate.CleanTargets!.Bound / (certificate.LossBound(40) / 3), 1 - 1e-6, 1.5);
    }

    [Fact]
    public void Enough_examples_make_the_bound_for_new_data_say_something_and_it_holds_on_new_data()
    {
        const int Examples = 300;
        var random = new Xoshiro256StarStar(7, threadSafe: false);
        MatrixView<double> inputs = CertificateCase.Sphere(Examples, 3, random);
        MatrixView<double> targets = Linear(inputs);
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(
            NetworkOptions.Theory(3, 256, 1, HiddenActivation.Softmax) with { SymmetricStart = true, InitialScale = 0.3 }, 2);
        double rate = 0.2 * TangentKernel.Compute(network, inputs).StableStep();

        TrainingCertificate certificate = TrainingCertificate.Prove(
            network, inputs, targets, new CertificateOptions { LearningRate = rate, Steps = 30, ErrorScale = 1 });

        Assert.Equal(CertificateVerdict.Holds, certificate.NewData!.Verdict);
        MatrixView<double> others = CertificateCase.Sphere(2000, 3, random);
        TwoLayerNetwork<double> trained = Descend(network, inputs, targets, rate, certificate.NewData.Step!.Value);
        Assert.InRange(Errors(trained, others, Linear(others)).Average(error => Math.Min(1, error)), 0, certificate.NewData.Bound);
    }

    private static MatrixView<double> Linear(MatrixView<double> inputs)
    {
        MatrixView<double> targets = MatrixView.Allocate<double>(inputs.Rows, 1);
        for (int i = 0; i < inputs.Rows; i++)
            targets[i, 0] = 0.4 * inputs[i, 0];
        return targets;
    }

    private static double CleanErrorAt(
        int step, TwoLayerNetwork<double> network, MatrixView<double> inputs, MatrixView<double> clean, MatrixView<double> targets, double rate)
    {
        TwoLayerNetwork<double> trained = Descend(network, inputs, targets, rate, step);
        return Errors(trained, inputs, clean).Average();
    }

    private static IEnumerable<double> Errors(TwoLayerNetwork<double> network, MatrixView<double> inputs, MatrixView<double> truth)
    {
        MatrixView<double> outputs = MatrixView.Allocate<double>(inputs.Rows, 1);
        network.Forward(inputs, outputs, new NetworkWorkspace<double>(network.Options, 128));
        return Enumerable.Range(0, inputs.Rows).Select(i => (outputs[i, 0] - truth[i, 0]) * (outputs[i, 0] - truth[i, 0]));
    }

    private static TwoLayerNetwork<double> Descend(
        TwoLayerNetwork<double> network, MatrixView<double> inputs, MatrixView<double> targets, double rate, int steps)
    {
        TwoLayerNetwork<double> copy = network.Copy();
        var workspace = new NetworkWorkspace<double>(network.Options, inputs.Rows);
        for (int k = 0; k < steps; k++)
        {
            copy.LossAndGradient(inputs, targets.AsReadOnly(), LossOptions.Theory, workspace);
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(workspace.Gradient, -rate, copy.TrainedParameters.Span, copy.TrainedParameters.Span);
        }

        return copy;
    }
}
