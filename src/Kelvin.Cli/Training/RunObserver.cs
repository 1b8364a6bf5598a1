using System.Globalization;
using Kelvin.Monitoring;
using Kelvin.Networks;

namespace Kelvin.Cli.Training;

/// <summary>Stands beside a training run: records every step, shows it to the monitor, and tells the view.</summary>
/// <param name="log">Where measurements go.</param>
/// <param name="watch">What watches them.</param>
/// <param name="view">What the user sees.</param>
/// <param name="epochs">Passes of the whole run.</param>
internal sealed class RunObserver(MetricsLog log, TrainingWatch watch, TrainView view, int epochs) : ITrainingObserver
{
    private readonly Point[] _points = new Point[TrainingPoints.MaxPoints];

    /// <inheritdoc/>
    public void OnStep(in TrainingStep taken)
    {
        int count = TrainingPoints.Write(taken, _points);
        log.Add(_points.AsSpan(0, count));
        watch.OnStep(taken);
        if (view.IsDue(taken.Step))
            view.Draw(Progress(taken), watch.Monitor);
    }

    /// <inheritdoc/>
    public void OnValidation(in ValidationResult result)
    {
        int count = TrainingPoints.Write(result, _points);
        log.Add(_points.AsSpan(0, count));
        watch.OnValidation(result);
        view.Validation(result);
    }

    private TrainProgress Progress(in TrainingStep taken) => new(
        taken.Step,
        string.Create(CultureInfo.InvariantCulture, $"epoch {taken.Epoch + 1} of {epochs}"),
        taken.Loss,
        taken.LearningRate,
        taken.GradientNorm,
        double.IsNaN(taken.Hidden.NormalizedEntropy) ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"hidden softmax: entropy {taken.Hidden.NormalizedEntropy:0.00} of 1   largest probability {taken.Hidden.MaxProbability:0.00}"));
}
