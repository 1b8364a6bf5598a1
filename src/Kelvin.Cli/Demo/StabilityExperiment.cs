using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Cli.Demo;

/// <summary>One activation and seed: measures the stable step and the mechanisms, then trains with a safe and with too large steps.</summary>
/// <remarks>Training is plain gradient descent over the whole training set, so nothing but the step can make it go wrong.</remarks>
internal sealed class StabilityExperiment
{
    private static readonly LossOptions Loss = new() { Kind = LossKind.Squared };

    private readonly DemoPlan _plan;
    private readonly HiddenActivation _activation;
    private readonly int _seed;
    private readonly NetworkOptions _options;
    private readonly TrainingSet<float> _train;
    private readonly TrainingSet<float> _test;
    private readonly TrainingSet<double> _probe;

    public StabilityExperiment(DemoPlan plan, DemoData data, HiddenActivation activation, int seed)
    {
        _plan = plan;
        _activation = activation;
        _seed = seed;
        _options = plan.StabilityNetwork(activation, data);
        _train = data.Set<float>(data.Split.Train);
        _test = data.Set<float>(data.Split.Test);
        _probe = data.Set<double>(data.Split.Validation);
    }

    /// <summary>Does it all.</summary>
    /// <param name="progress">Told about every run that is done.</param>
    /// <param name="cancellationToken">Looked at between steps.</param>
    public (MechanismMeasurement Mechanisms, IReadOnlyList<StabilityRun> Runs) Run(DemoProgress progress, CancellationToken cancellationToken)
    {
        TwoLayerNetwork<double> start = InDouble(Start());
        EigenvalueEstimate curvature = LossCurvature.Largest(start, _probe, Loss);
        double stable = LossCurvature.StableStep(curvature);
        InputSpread atStart = InputSpread.Measure(start, _probe.Inputs);
        cancellationToken.ThrowIfCancellationRequested();

        List<StabilityRun> runs = [];
        TwoLayerNetwork<float> trained = Start();
        var steps = new List<long>();
        var smoothness = new List<GradientSmoothness>();
        foreach (StepRegime regime in DemoPlan.Regimes)
        {
            TwoLayerNetwork<float> network = Start();
            runs.Add(regime == StepRegime.Safe
                ? Train(network, regime, stable, (step, at) => Probe(step, at, steps, smoothness), cancellationToken)
                : Train(network, regime, stable, null, cancellationToken));
            if (regime == StepRegime.Safe)
                trained = network;
            progress.Done(runs[^1]);
        }

        TwoLayerNetwork<double> end = InDouble(trained);
        LogitScalingPoint[] scaling = LogitScaling.Measure(end, _probe.Inputs, _probe.Labels.Span, [.. DemoPlan.LogitFactors]);
        double? bound = _activation == HiddenActivation.Softmax ? ExampleGradients.SoftmaxBound(end, inputNorm: 1) : null;
        InputSpread atEnd = InputSpread.Measure(end, _probe.Inputs);
        return (new MechanismMeasurement(_activation, _seed, stable, scaling, bound, atStart, atEnd, steps, smoothness), runs);
    }

    private TwoLayerNetwork<float> Start() => TwoLayerNetwork.Create<float>(_options, _seed);

    private StabilityRun Train(
        TwoLayerNetwork<float> network,
        StepRegime regime,
        double stable,
        Action<long, TwoLayerNetwork<float>>? probe,
        CancellationToken cancellationToken)
    {
        double rate = stable * (regime == StepRegime.Safe ? _plan.SafeShare : _plan.TooLargeTimes);
        var options = new TrainingOptions
        {
            Loss = Loss,
            Optimiser = new OptimiserOptions { Kind = OptimiserKind.Sgd, LearningRate = rate },
            Schedule = new ScheduleOptions { WarmupSteps = regime == StepRegime.Rising ? _plan.StabilitySteps : 0 },
            BatchSize = null,
            Epochs = _plan.StabilitySteps,
            Seed = _seed,
        };
        var record = new RunRecord(options, _train.Rows);
        var trainer = new Trainer<float>(network, _train, null, options);
        TrainingStatus status = TrainingStatus.Paused;
        int chunk = Math.Max(1, _plan.StabilitySteps / _plan.SmoothnessProbes);
        while (status == TrainingStatus.Paused)
        {
            probe?.Invoke(trainer.Step, network);
            status = trainer.Run(record, chunk, cancellationToken).Status;
        }

        cancellationToken.ThrowIfCancellationRequested();
        record.Finish();
        double accuracy = network.Evaluate(_test, Loss.Kind, new NetworkWorkspace<float>(_options, _test.Rows)).Accuracy;
        return new StabilityRun(_activation, regime, _seed, rate, record, RunVerdict.Of(record), accuracy);
    }

    private void Probe(long step, TwoLayerNetwork<float> network, List<long> steps, List<GradientSmoothness> smoothness)
    {
        steps.Add(step);
        smoothness.Add(GradientSmoothness.Measure(InDouble(network), _probe, Loss, new NetworkWorkspace<double>(_options, _probe.Rows)));
    }

    private static TwoLayerNetwork<double> InDouble(TwoLayerNetwork<float> network)
    {
        var copy = new TwoLayerNetwork<double>(network.Options);
        ReadOnlySpan<float> from = network.Parameters.Span;
        Span<double> to = copy.Parameters.Span;
        for (int i = 0; i < from.Length; i++)
            to[i] = from[i];
        return copy;
    }
}
