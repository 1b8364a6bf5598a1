using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Cli.Demo;

/// <summary>One network trained for accuracy, with the weights that did best on the validation set.</summary>
/// <param name="Activation">Hidden units.</param>
/// <param name="LearningRate">The largest learning rate.</param>
/// <param name="Seed">Seed of weights and batches.</param>
/// <param name="Validation">How it does on the rows that chose the weights.</param>
/// <param name="Test">How it does on rows that nothing was chosen by.</param>
/// <param name="Incidents">What the monitor found.</param>
/// <param name="Network">The network itself.</param>
internal sealed record AccuracyRun(
    HiddenActivation Activation,
    double LearningRate,
    int Seed,
    Evaluation Validation,
    Evaluation Test,
    IReadOnlyList<Monitoring.Incident> Incidents,
    TwoLayerNetwork<float> Network)
{
    /// <summary>Trains it as the plan says.</summary>
    public static AccuracyRun Train(
        DemoPlan plan, DemoData data, HiddenActivation activation, double learningRate, int seed, CancellationToken cancellationToken)
    {
        TrainingSet<float> train = data.Set<float>(data.Split.Train);
        TrainingSet<float> validation = data.Set<float>(data.Split.Validation);
        TrainingSet<float> test = data.Set<float>(data.Split.Test);
        TrainingOptions options = plan.AccuracyTraining(activation, learningRate, seed);
        TwoLayerNetwork<float> network = TwoLayerNetwork.Create<float>(DemoPlan.AccuracyNetwork(activation, data), seed);
        var record = new RunRecord(options, train.Rows);
        new Trainer<float>(network, train, validation, options).Run(record, cancellationToken: cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        record.Finish();

        var workspace = new NetworkWorkspace<float>(network.Options, test.Rows);
        return new AccuracyRun(
            activation,
            learningRate,
            seed,
            network.Evaluate(validation, LossKind.CrossEntropy, workspace),
            network.Evaluate(test, LossKind.CrossEntropy, workspace),
            record.Incidents,
            network);
    }

    /// <summary>The network's logits for some rows.</summary>
    public static MatrixView<float> Logits(TwoLayerNetwork<float> network, TrainingSet<float> set)
    {
        MatrixView<float> logits = MatrixView.Allocate<float>(set.Rows, network.Options.Outputs);
        network.Forward(set.Inputs, logits, new NetworkWorkspace<float>(network.Options, set.Rows));
        return logits;
    }
}
