using System.Numerics.Tensors;
using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Softmax;
using Kelvin.Stability;

namespace Kelvin.Cli.Lab.Stability;

/// <summary>Measures the three mechanisms of normalisation as functions of scale, depth of saturation and temperature.</summary>
/// <remarks>Units start without partners here: a symmetric start ties the two largest logits of every row, and no row could saturate beyond one half.</remarks>
/// <param name="run">The means.</param>
/// <param name="plan">Data, seeds.</param>
/// <param name="data">The data.</param>
internal sealed class MechanismRuns(LabRun run, StabilityPlan plan, LabData data)
{
    private static readonly LossOptions Loss = new() { Kind = LossKind.Squared };

    /// <summary>What the logits are multiplied by.</summary>
    public static IReadOnlyList<double> Factors { get; } = [0.5, 1, 2, 5, 10, 20, 50, 100];

    /// <summary>The temperatures.</summary>
    public static IReadOnlyList<double> Temperatures { get; } = [0.25, 0.5, 1, 2, 4];

    /// <summary>Measures them all; the points come by activation, temperature, factor.</summary>
    public MechanismPoint[] Measure() => run.Do<MechanismPoint>(
        "Mechanisms",
        [
            .. from activation in LabNetworks.Activations
               from temperature in Temperatures
               from factor in Factors
               select (Func<MechanismPoint>)(() => Point(activation, temperature, factor)),
        ]);

    private MechanismPoint Point(HiddenActivation activation, double temperature, double factor)
    {
        TrainingSet<double> set = data.Set<double>(data.FewTrainingRows(Math.Min(100, plan.Rows)));
        Sample[] samples =
        [
            .. run.Seeds(plan.BisectedSeeds).Select(seed => One(
                TwoLayerNetwork.Create<double>(LabNetworks.Theory(data, activation, plan.SharpnessHidden, temperature) with { SymmetricStart = false }, seed), set, factor)),
        ];
        return new MechanismPoint(
            activation,
            temperature,
            factor,
            Estimate.Mean(samples.Select(one => one.Saturation)),
            Estimate.GeometricMean(samples.Select(one => one.OutputGradient)),
            Estimate.GeometricMean(samples.Select(one => one.LossGradient)),
            Estimate.Mean(samples.Select(one => one.ShareOfBound)),
            Estimate.Mean(samples.Select(one => one.Spread)),
            Estimate.GeometricMean(samples.Select(one => one.Roughness)));
    }

    private static Sample One(TwoLayerNetwork<double> network, TrainingSet<double> set, double factor)
    {
        TensorPrimitives.Multiply(network.TrainedParameters.Span, factor, network.TrainedParameters.Span);
        var workspace = new NetworkWorkspace<double>(network.Options, set.Rows);
        double[] norms = new double[set.Rows];
        ExampleGradients.OfOutputs(network, set.Inputs, workspace, norms);
        Spread outputs = Spread.Of(norms);
        bool isSoftmax = network.Options.Activation == HiddenActivation.Softmax;
        double bound = isSoftmax ? ExampleGradients.SoftmaxBound(network, inputNorm: 1) : double.NaN;
        double saturation = isSoftmax ? Saturation(workspace) : double.NaN;
        double largest = TensorPrimitives.Max<double>(norms);
        ExampleGradients.OfSquaredLoss(network, set.Inputs, set.Labels.Span, workspace, norms);
        double loss = Spread.Of(norms).RootMeanSquare;
        return new Sample(
            saturation,
            outputs.RootMeanSquare,
            loss,
            largest / bound,
            outputs.CoefficientOfVariation,
            GradientSmoothness.Measure(network, set, Loss, workspace).Relative);
    }

    private static double Saturation(NetworkWorkspace<double> workspace)
    {
        double sum = 0;
        foreach (SoftmaxStatistics row in workspace.HiddenStatistics)
            sum += row.Saturation;
        return sum / workspace.Rows;
    }

    private readonly record struct Sample(
        double Saturation, double OutputGradient, double LossGradient, double ShareOfBound, double Spread, double Roughness);
}
