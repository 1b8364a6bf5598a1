using CsCheck;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Tests.Tangents;

public sealed class KernelPredictionTests
{
    private static readonly double[] Momenta = [0, 0.5, 0.9];

    [Fact]
    public void It_is_the_recursion_step_by_step() =>
        Gen.Select(Gen.Int[1, 8], Gen.Double[0, 1.3], Gen.Int[0, 2].Select(i => Momenta[i]), Gen.Int[0, 60], Gen.Int[0, 1000]).Sample((n, share, momentum, steps, seed) =>
        {
            TangentKernel<double> kernel = SlowKernel.Theory(HiddenActivation.Softmax, n, 3, 12, 1, seed);
            double[] u = SlowKernel.Points(1, n, seed + 1).Row(0).ToArray();
            double rate = share * kernel.Spectrum().StableStep(momentum);
            var prediction = new KernelPrediction(kernel.Spectrum(), u, rate, momentum);
            double[] p = new double[n];
            double[] s = new double[n];

            double largest = 1;
            for (int k = 0; k < steps; k++)
            {
                for (int i = 0; i < n; i++)
                {
                    p[i] = (momentum * p[i]) + u[i];
                    s[i] += p[i];
                }

                for (int i = 0; i < n; i++)
                {
                    for (int j = 0; j < n; j++)
                        u[i] -= rate * kernel.Factor * kernel.Matrix[i, j] * p[j];
                }

                largest = Math.Max(largest, Math.Max(u.Max(Math.Abs), s.Max(Math.Abs)));
            }

            Assert.Equal(u.Sum(x => x * x) / 2, prediction.Loss(steps), 1e-10 * largest * largest);
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(u[i], prediction.Residual(steps)[i], 1e-10 * largest);
                Assert.Equal(s[i], prediction.Way(steps)[i], 1e-10 * largest);
            }
        });

    [Fact]
    public void The_way_along_an_eigenvalue_of_zero_or_nearly_is_the_number_of_steps()
    {
        KernelSpectrum spectrum = KernelSpectrum.Of(MatrixView.From(new[,] { { 0, 0, 0 }, { 0, 1e-13, 0 }, { 0, 0, 1.0 } }), 1);
        var plain = new KernelPrediction(spectrum, [1, 1, 1], 0.5);

        double[] way = plain.Way(1000);

        Assert.Equal(1000, way[0]);
        Assert.Equal(1000 - (0.5e-13 * 1000 * 999 / 2), way[1], 1e-10);
        Assert.Equal(2, way[2], 1e-14);
    }

    [Fact]
    public void A_linear_network_is_predicted_exactly_at_training_and_test_points()
    {
        // a ReLU whose units all stay on is linear in W: its kernel cannot move
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(NetworkOptions.Theory(3, 8, 1, HiddenActivation.Relu), 1);
        foreach (ref double w in network.HiddenWeights.Span)
            w = Math.Abs(w) + 5;
        MatrixView<double> points = SlowKernel.Points(6, 3, 2);
        foreach (ref double x in points.Span)
            x = Math.Abs(x) + 0.1;
        TrainingSet<double> set = TrainingSet.Regression<double>(points.RowRange(0, 4), SlowKernel.Points(4, 1, 3));
        TangentKernel<double> kernel = TangentKernel.Compute(network, set.Inputs);
        double rate = 0.5 * kernel.StableStep();
        double[] residual = OutputMajor.Residual<double>(Outputs(network, set.Inputs), set.Targets);
        var prediction = new KernelPrediction(kernel.Spectrum(), residual, rate);

        MatrixView<double> cross = TangentKernel.Cross(network, points.RowRange(4, 2), set.Inputs);
        double[] predicted = prediction.OutputsAt(cross, OutputMajor.Stack<double>(Outputs(network, points.RowRange(4, 2))), 50);
        TrainingComparison run = RealTraining.Compare(network, set, new PathOptions { LearningRate = rate, Steps = 50, Floor = 0 });
        double[] real = OutputMajor.Stack<double>(Outputs(RealTraining.Trained(network, set, rate, 50), points.RowRange(4, 2)));

        Assert.InRange(run.LargestError, 0, 1e-9);
        for (int i = 0; i < 2; i++)
            Assert.Equal(real[i], predicted[i], 1e-9 * Math.Abs(real[i]));
    }

    [Fact]
    public void With_a_small_step_descent_follows_the_flow()
    {
        TangentKernel<double> kernel = SlowKernel.Theory(HiddenActivation.Exp, 5, 3, 40, 1);
        double[] u = SlowKernel.Points(1, 5, 9).Row(0).ToArray();
        double rate = 1e-4 * kernel.StableStep();
        var prediction = new KernelPrediction(kernel.Spectrum(), u, rate);

        Assert.Equal(prediction.FlowLoss(5000 * rate), prediction.Loss(5000), 1e-3 * prediction.Loss(0));
        Assert.Equal(prediction.Loss(0), prediction.FlowLoss(0), 1e-14);
        Assert.True(prediction.IsStable);
    }

    private static MatrixView<double> Outputs(TwoLayerNetwork<double> network, ReadOnlyMatrixView<double> points)
    {
        MatrixView<double> outputs = MatrixView.Allocate<double>(points.Rows, network.Options.Outputs);
        network.Forward(points, outputs, new NetworkWorkspace<double>(network.Options, points.Rows));
        return outputs;
    }
}
