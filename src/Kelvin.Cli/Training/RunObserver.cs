using Kelvin.Monitoring;
using Kelvin.Networks;

namespace Kelvin.Cli.Training;

/// <summary>Stands beside a training run: records every step, shows it to the monitor, and tells the view.</summary>
/// <param name="log">Where measurements go.</param>
/// <param name="watch">What watches them.</param>
/// <param name="view">What the user sees.</param>
internal sealed class RunObserver(MetricsLog log, TrainingWatch watch, TrainView view) : ITrainingObserver
{
    private readonly Point[] _points = new Point[TrainingPoints.MaxPoints];

    /// <inheritdoc/>
    public void OnStep(in TrainingStep taken)
    {
        int count = TrainingPoints.Write(taken, _points);
        log.Add(_points.AsSpan(0, count));
        watch.OnStep(taken);
        view.Step(taken, watch.Monitor);
    }

    /// <inheritdoc/>
    public void OnValidation(in ValidationResult result)
    {
        int count = TrainingPoints.Write(result, _points);
        log.Add(_points.AsSpan(0, count));
        watch.OnValidation(result);
        view.Validation(result);
    }
}
