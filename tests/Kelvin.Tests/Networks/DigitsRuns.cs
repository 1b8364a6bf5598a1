using Kelvin.Datasets;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Statistics;
using Kelvin.Temperatures;

namespace Kelvin.Tests.Networks;

/// <summary>The digits, dealt once into training, validation and test, and ten runs of one configuration on them.</summary>
internal static class DigitsRuns
{
    public const int Seeds = 10;

    private static readonly Lazy<(Dataset Train, Dataset Validation, Dataset Test)> Most = new(() => Deal(0.6, 0.2, 0.2));

    private static readonly Lazy<(Dataset Train, Dataset Validation, Dataset Test)> Few = new(() => Deal(0.1, 0.45, 0.45));

    /// <summary>Best on validation among the softmax networks tried.</summary>
    public static (NetworkOptions Network, TrainingOptions Training) Softmax { get; } = (
        new NetworkOptions { Inputs = 64, Hidden = 512, Outputs = 10, Temperature = 0.03, InitialScale = 0.3, OutputInitialScale = 20 },
        Training(learningRate: 0.003, weightDecay: 0.3, smoothing: 0.05));

    /// <summary>Best on validation among all networks tried; of two that were equal the smaller.</summary>
    public static (NetworkOptions Network, TrainingOptions Training) Relu { get; } = (
        new NetworkOptions { Inputs = 64, Hidden = 256, Outputs = 10, Activation = HiddenActivation.Relu, Temperature = 0.25 },
        Training(learningRate: 0.005, weightDecay: 0.03, smoothing: 0.1));

    /// <summary>For a tenth of the digits: trained long after every label was fitted, with nothing to hold its confidence back.</summary>
    public static (NetworkOptions Network, TrainingOptions Training) Overconfident { get; } = (
        new NetworkOptions { Inputs = 64, Hidden = 256, Outputs = 10, Activation = HiddenActivation.Exp, Temperature = 0.25 },
        Training(learningRate: 0.01, weightDecay: 0, smoothing: 0) with { BatchSize = 16, Epochs = 400, RestoreBest = false });

    public static (double[] Validation, double[] Test) Accuracies((NetworkOptions Network, TrainingOptions Training) configuration)
    {
        double[] validation = new double[Seeds];
        double[] test = new double[Seeds];
        for (int seed = 1; seed <= Seeds; seed++)
        {
            TwoLayerNetwork<float> network = Trained(configuration, Most.Value, seed);
            var workspace = new NetworkWorkspace<float>(network.Options, 128);
            validation[seed - 1] = network.Evaluate(TrainingSet.From<float>(Most.Value.Validation), LossKind.CrossEntropy, workspace).Accuracy;
            test[seed - 1] = network.Evaluate(TrainingSet.From<float>(Most.Value.Test), LossKind.CrossEntropy, workspace).Accuracy;
        }

        return (validation, test);
    }

    /// <summary>For each seed the temperature fitted on validation, and what it does to the calibration error on test.</summary>
    public static (double[] Temperatures, MetricChange[] Errors) Calibrations((NetworkOptions Network, TrainingOptions Training) configuration)
    {
        (Dataset train, Dataset validation, Dataset test) = Few.Value;
        double[] temperatures = new double[Seeds];
        MetricChange[] errors = new MetricChange[Seeds];
        for (int seed = 1; seed <= Seeds; seed++)
        {
            TwoLayerNetwork<float> network = Trained(configuration, (train, validation, test), seed);
            CalibrationReport report = CalibrationReport.Compare<float>(
                Logits(network, validation), validation.Labels.Span, Logits(network, test), test.Labels.Span);
            temperatures[seed - 1] = report.Fit.Temperature;
            errors[seed - 1] = report.Ece;
        }

        return (temperatures, errors);
    }

    public static string Words(string what, double[] values)
    {
        Interval interval = MeanInterval.StudentT(values);
        return FormattableString.Invariant($"{what}: mean {values.Average():F4}, 95 % interval {interval.Low:F4} to {interval.High:F4}");
    }

    private static TrainingOptions Training(double learningRate, double weightDecay, double smoothing) => new()
    {
        BatchSize = 32,
        Epochs = 40,
        Loss = new LossOptions { LabelSmoothing = smoothing },
        Optimiser = new OptimiserOptions { Kind = OptimiserKind.AdamW, LearningRate = learningRate, WeightDecay = weightDecay },
        Schedule = new ScheduleOptions { Kind = ScheduleKind.Cosine },
        SelectBy = SelectionMetric.Accuracy,
    };

    private static TwoLayerNetwork<float> Trained(
        (NetworkOptions Network, TrainingOptions Training) configuration, (Dataset Train, Dataset Validation, Dataset Test) parts, int seed)
    {
        TwoLayerNetwork<float> network = TwoLayerNetwork.Create<float>(configuration.Network, seed);
        new Trainer<float>(
            network,
            TrainingSet.From<float>(parts.Train),
            TrainingSet.From<float>(parts.Validation),
            configuration.Training with { Seed = seed }).Go();
        return network;
    }

    private static MatrixView<float> Logits(TwoLayerNetwork<float> network, Dataset part)
    {
        MatrixView<float> logits = MatrixView.Allocate<float>(part.Rows, 10);
        network.Forward(part.FeaturesAs<float>(), logits, new NetworkWorkspace<float>(network.Options, 128));
        return logits;
    }

    private static (Dataset Train, Dataset Validation, Dataset Test) Deal(double train, double validation, double test)
    {
        Dataset digits = CsvDatasets.Read(Path.Combine(Repository.Root, "data", "digits.csv.gz"));
        StratifiedSplit split = StratifiedSplit.Make(digits.Labels.Span, train, validation, test, seed: 1);
        FeatureScaling scaling = FeatureScaling.Fit(digits.Subset(split.Train).Features, ScalingKind.UnitSphere);
        return (
            scaling.Apply(digits.Subset(split.Train)),
            scaling.Apply(digits.Subset(split.Validation)),
            scaling.Apply(digits.Subset(split.Test)));
    }
}
