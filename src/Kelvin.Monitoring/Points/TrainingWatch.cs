using Kelvin.Networks;

namespace Kelvin.Monitoring;

/// <summary>Feeds a training run into a monitor: the observer to give to a trainer.</summary>
/// <remarks>Nothing on the heap per step while no incident changes.</remarks>
/// <param name="monitor">The run's monitor.</param>
/// <param name="options">The trainer's options: they say whether the gradient is of a mean or a sum.</param>
/// <param name="rows">Rows of the training set.</param>
/// <param name="onChange">Told about every change of an incident, or null.</param>
public sealed class TrainingWatch(
    RunMonitor monitor, TrainingOptions options, int rows, Action<IncidentChange>? onChange = null) : ITrainingObserver
{
    private readonly Point[] _points = new Point[TrainingPoints.MaxPoints];

    /// <summary>The monitor.</summary>
    public RunMonitor Monitor { get; } = monitor;

    /// <inheritdoc/>
    public void OnStep(in TrainingStep taken)
    {
        int count = TrainingPoints.Write(taken, _points, LossScale(taken.Step));
        Tell(Monitor.Observe(_points.AsSpan(0, count)));
    }

    /// <inheritdoc/>
    public void OnValidation(in ValidationResult result)
    {
        int count = TrainingPoints.Write(result, _points);
        Tell(Monitor.Observe(_points.AsSpan(0, count)));
    }

    /// <summary>1 for a mean; for a sum the rows of the step's batch, of which an epoch's last may be smaller.</summary>
    private double LossScale(long step)
    {
        if (options.Loss.Reduction == LossReduction.Mean)
            return 1;

        int size = Math.Min(options.BatchSize ?? rows, rows);
        int stepsPerEpoch = (rows + size - 1) / size;
        long start = (step - 1) % stepsPerEpoch * size;
        return Math.Min(size, rows - start);
    }

    private void Tell(IReadOnlyList<IncidentChange> changes)
    {
        for (int i = 0; i < changes.Count; i++)
            onChange?.Invoke(changes[i]);
    }
}
