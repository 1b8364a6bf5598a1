using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Cli.Lab.Landscape;

/// <summary>Trains networks that may get stuck to tell the two classes of a confusable pair apart.</summary>
/// <remarks>Descent over all examples; every 50 steps the curvature is measured anew and half of 2/λ_max taken, so that a start whose curvature
/// misleads (a saturated one) is not mistaken for a trap: what is at rest is at rest with steps as large as the place bears.</remarks>
/// <param name="run">The means.</param>
/// <param name="plan">What to do.</param>
/// <param name="data">The data.</param>
internal sealed class HardRuns(LabRun run, LandscapePlan plan, LabData data)
{
    private const int Stretch = 50;

    /// <summary>Trains two seeds, and looks at the line between their ends.</summary>
    public HardRun[] Pair(HardSetting setting, HiddenActivation activation, int first, int second, ClassPair pair)
    {
        int[] rows = Rows(pair);
        TrainingSet<float> set = data.Set<float>(rows);
        TrainingSet<double> probe = data.Set<double>(rows);
        TwoLayerNetwork<float> one = TwoLayerNetwork.Create<float>(setting.Network(data, activation), first);
        TwoLayerNetwork<float> two = TwoLayerNetwork.Create<float>(setting.Network(data, activation), second);
        double nothing = Nothing(set);
        HardRun a = Train(setting, one, set, probe, nothing) with { Seed = first, PairAccuracy = Accuracy(one, pair) };
        HardRun b = Train(setting, two, set, probe, nothing) with { Seed = second, PairAccuracy = Accuracy(two, pair) };
        bool canMeasure = double.IsFinite(a.FinalLoss) && double.IsFinite(b.FinalLoss);
        double barrier = canMeasure ? LinearPath.Barrier(LinearPath.Losses(one, two, set, LossKind.Squared)) / nothing : double.NaN;
        return [a with { Barrier = barrier }, b];
    }

    /// <summary>Training rows of the two classes.</summary>
    private int[] Rows(ClassPair pair)
    {
        ReadOnlyMemory<int> labels = data.All.Labels;
        return [.. data.Split.Train.Where(row => labels.Span[row] == pair.First || labels.Span[row] == pair.Second).Take(plan.HardRows)];
    }

    /// <summary>The loss of outputs 0.</summary>
    private double Nothing(TrainingSet<float> set)
    {
        NetworkOptions options = LabNetworks.Theory(data, HiddenActivation.Softmax, 2);
        return TwoLayerNetwork.Create<float>(options, 1).Evaluate(set, LossKind.Squared, new NetworkWorkspace<float>(options, set.Rows)).Loss;
    }

    private HardRun Train(HardSetting setting, TwoLayerNetwork<float> network, TrainingSet<float> set, TrainingSet<double> probe, double nothing)
    {
        var workspace = new NetworkWorkspace<float>(network.Options, set.Rows);
        var descent = new DescentOptions { MaxSteps = Stretch, TargetShare = 1e-9, GivesUp = false, VanishedShare = 0 };
        var curvature = new EigenvalueOptions { Tolerance = 0.05, MaxIterations = 12 };
        double loss = double.NaN;
        double late = double.NaN;
        for (int step = 0; step < plan.HardSteps; step += Stretch)
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            double stable = LossCurvature.StableStep(LossCurvature.Largest(network.InDouble(), probe, descent.Loss, curvature));
            if (!double.IsFinite(stable))
                break;
            loss = Descent.Run(network, set, 0.5 * stable, descent, workspace, cancellationToken: run.CancellationToken).LastLoss;
            if (step + Stretch <= plan.HardSteps * 2 / 3)
                late = loss;
        }

        if (double.IsNaN(loss))
            loss = network.Evaluate(set, LossKind.Squared, workspace).Loss;
        return new HardRun(setting.Name, network.Options.Activation, 0, loss / nothing, (late - loss) / late, double.NaN, double.NaN);
    }

    private double Accuracy(TwoLayerNetwork<float> network, ClassPair pair)
    {
        TrainingSet<float> test = data.Set<float>(data.Split.Test);
        MatrixView<float> outputs = MatrixView.Allocate<float>(test.Rows, data.Classes);
        network.Forward(test.Inputs, outputs, new NetworkWorkspace<float>(network.Options, test.Rows));
        return pair.Accuracy<float>(outputs, test.Labels.Span);
    }
}
