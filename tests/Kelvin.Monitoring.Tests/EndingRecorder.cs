using System.Numerics;
using Kelvin.Networks;

namespace Kelvin.Monitoring.Tests;

/// <summary>Watches a run beside its monitor and knows the truth: how it ended, and when it first was in a bad state.</summary>
internal sealed class EndingRecorder(ITrainingObserver watch, RunMonitor monitor) : ITrainingObserver
{
    private double _best = double.PositiveInfinity;
    private double _firstGradient = double.NaN;

    public RunMonitor Monitor { get; } = monitor;

    public Ending Ending { get; private set; }

    public long FirstBadStep { get; private set; } = -1;

    public static EndingRecorder Train<T>(TwoLayerNetwork<T> network, TrainingSet<T> set, TrainingOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var monitor = new RunMonitor();
        var recorder = new EndingRecorder(new TrainingWatch(monitor, options, set.Rows), monitor);
        new Trainer<T>(network, set, null, options).Run(recorder);
        return recorder;
    }

    public void OnStep(in TrainingStep taken)
    {
        watch.OnStep(taken);
        if (double.IsNaN(_firstGradient))
            _firstGradient = taken.GradientNorm;
        _best = Math.Min(_best, taken.Loss);
        Ending = taken switch
        {
            { NonFinite: > 0 } => Ending.NonFinite,
            _ when !double.IsFinite(taken.Loss) => Ending.NonFinite,
            { Hidden: { Rows: > 0, MaxProbability: > 0.99 } } when taken.GradientNorm < 1e-6 * _firstGradient => Ending.DeadOneHot,
            _ when taken.Loss > 10 * _best => Ending.TenTimesItsBest,
            _ => Ending.Good,
        };
        if (Ending != Ending.Good && FirstBadStep < 0)
            FirstBadStep = taken.Step;
    }

    public void OnValidation(in ValidationResult result) => watch.OnValidation(result);
}
