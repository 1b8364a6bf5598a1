using System.Numerics.Tensors;
using Kelvin.Cli.Lab.Ntk;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Cli.Lab.Dynamics;

/// <summary>Predicts a run, checks the prediction before training, trains, and compares.</summary>
internal static class CourseRuns
{
    private const int Points = 80;

    public static DynamicsCourse Follow(
        KernelProblem problem, DynamicsPlan plan, HiddenActivation activation, double share, double momentum, int seed, CancellationToken cancellationToken)
    {
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(problem.Network(activation, plan.Hidden, plan.Scale, plan.Temperature), seed);
        double stable = TangentKernel.Compute(network, problem.Set.Inputs).Spectrum().StableStep(momentum);
        var options = new PathOptions { LearningRate = share * stable, Momentum = momentum, Steps = plan.Steps };
        RegimeVerdict verdict = KernelRegime.Check(network, problem.Set, options, plan.Tolerance);
        PredictedPath path = PredictedPath.Walk(network, problem.Set, options with { Stride = plan.Stride });
        TrainingComparison real = TrainingComparison.Run(network, problem.Set, options, plan.Tolerance, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();

        int[] steps = StepsUpTo(real.Losses.Length - 1);
        return new DynamicsCourse
        {
            Activation = activation,
            Share = share,
            Momentum = momentum,
            LearningRate = options.LearningRate,
            SaidYes = verdict.IsInRegime,
            Said = verdict.Explanation,
            LargestError = real.LargestError,
            FirstOff = real.FirstOff,
            Reason = real.Reason,
            Explanation = real.Explanation,
            TestError = TestError(problem, network, real),
            KernelChange = real.Points[^1].KernelChange,
            LargestEdge = real.Points.Max(point => point.Edge),
            Steps = steps,
            Real = [.. steps.Select(step => real.Losses.Span[step])],
            Predicted = [.. steps.Select(step => real.Prediction.Loss(step))],
            Relinearised = [.. steps.Select(step => step < path.Losses.Length ? path.Losses.Span[step] : double.NaN)],
        };
    }

    /// <summary>0, then steps at about equal ratios up to the last.</summary>
    public static int[] StepsUpTo(int last) =>
        [0, .. Enumerable.Range(0, Points).Select(i => (int)Math.Round(Math.Pow(Math.Max(1, last), i / (Points - 1.0)))).Where(step => step <= last).Distinct()];

    private static double TestError(KernelProblem problem, TwoLayerNetwork<double> network, TrainingComparison real)
    {
        double[] start = Outputs(network, problem.Test);
        double[] end = Outputs(real.Trained, problem.Test);
        MatrixView<double> cross = TangentKernel.Cross(network, problem.Test, problem.Set.Inputs);
        double[] predicted = real.Prediction.OutputsAt(cross, start, real.Losses.Length);
        double error = TensorPrimitives.Distance<double>(predicted, end) / TensorPrimitives.Distance<double>(end, start);
        return double.IsFinite(error) ? error : double.PositiveInfinity;
    }

    private static double[] Outputs(TwoLayerNetwork<double> network, ReadOnlyMatrixView<double> points)
    {
        MatrixView<double> outputs = MatrixView.Allocate<double>(points.Rows, 1);
        network.Forward(points, outputs, new NetworkWorkspace<double>(network.Options, points.Rows));
        return OutputMajor.Stack<double>(outputs);
    }
}
