using System.Numerics.Tensors;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Lab.Ntk;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;
using MathNet.Numerics.Random;

namespace Kelvin.Cli.Lab.Dynamics;

/// <summary>Trains in mini-batches drawn with replacement, many times from the same start, and predicts the mean.</summary>
internal static class BatchRuns
{
    public static BatchCourse Follow(KernelProblem problem, DynamicsPlan plan, HiddenActivation activation, int seed, CancellationToken cancellationToken)
    {
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(problem.Network(activation, plan.Hidden, plan.Scale, plan.Temperature), seed);
        KernelSpectrum spectrum = TangentKernel.Compute(network, problem.Set.Inputs).Spectrum();
        double[] residual = [.. OutputMajor.Stack(problem.Set.Targets).Select(target => -target)];   // the outputs are 0 at the start
        double rate = plan.StepShare * plan.BatchSize / problem.Set.Rows * spectrum.StableStep();
        double[] expected = MiniBatchPrediction.ExpectedLosses(spectrum, residual, problem.Set.Rows, plan.BatchSize, rate, plan.BatchSteps);
        var calm = new KernelPrediction(spectrum, residual, rate);

        int[] steps = [.. CourseRuns.StepsUpTo(plan.BatchSteps).Where((_, i) => i % 4 == 0).Append(plan.BatchSteps).Distinct()];
        double[][] losses = new double[plan.BatchRuns][];
        for (int i = 0; i < losses.Length; i++)
            losses[i] = Train(problem.Set, network.Copy(), plan, rate, steps, unchecked((seed * 1000) + i), cancellationToken);
        return new BatchCourse
        {
            Activation = activation,
            LearningRate = rate,
            Steps = steps,
            Expected = [.. steps.Select(step => expected[step])],
            WithoutNoise = [.. steps.Select(step => calm.Loss(step))],
            Measured = [.. steps.Select((_, at) => Estimate.Mean(losses.Select(run => run[at])))],
        };
    }

    private static double[] Train(
        TrainingSet<double> set, TwoLayerNetwork<double> network, DynamicsPlan plan, double rate, int[] at, int seed, CancellationToken cancellationToken)
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        var workspace = new NetworkWorkspace<double>(network.Options, set.Rows);
        MatrixView<double> inputs = MatrixView.Allocate<double>(plan.BatchSize, set.Inputs.Columns);
        MatrixView<double> targets = MatrixView.Allocate<double>(plan.BatchSize, 1);
        double[] losses = new double[at.Length];
        double weight = -rate * set.Rows / plan.BatchSize;
        for (int step = 0; step <= plan.BatchSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int known = Array.IndexOf(at, step);
            if (known >= 0)
                losses[known] = network.Evaluate(set, LossKind.Squared, workspace).Loss * set.Rows;

            for (int b = 0; b < plan.BatchSize; b++)
            {
                int row = random.Next(set.Rows);
                set.Inputs.Row(row).CopyTo(inputs.Row(b));
                targets[b, 0] = set.Targets[row, 0];
            }

            network.LossAndGradient(inputs, targets, LossOptions.Theory, workspace);
            Span<double> parameters = network.TrainedParameters.Span;
            TensorPrimitives.MultiplyAdd(workspace.Gradient, weight, parameters, parameters);
        }

        return losses;
    }
}
