using Kelvin.Monitoring;
using Kelvin.Networks;

namespace Kelvin.Cli.Demo;

/// <summary>Everything that the demo keeps of a run: the course of its vitals, and what the monitor said about them.</summary>
internal sealed class RunRecord : ITrainingObserver
{
    private readonly TrainingWatch _watch;
    private readonly List<IncidentChange> _changes = [];

    public RunRecord(TrainingOptions options, int rows)
    {
        _watch = new TrainingWatch(new RunMonitor(), options, rows, _changes.Add);
    }

    public List<double> Loss { get; } = [];

    public List<double> GradientNorm { get; } = [];

    public List<double> Entropy { get; } = [];

    public List<double> MaxProbability { get; } = [];

    public List<double> DeadShare { get; } = [];

    /// <summary>Gradient entries that are NaN or infinite, a step.</summary>
    public List<long> NonFinite { get; } = [];

    /// <summary>Every incident of the run, in its last state.</summary>
    public IReadOnlyList<Incident> Incidents => _watch.Monitor.Incidents;

    /// <inheritdoc/>
    public void OnStep(in TrainingStep taken)
    {
        Loss.Add(taken.Loss);
        GradientNorm.Add(taken.GradientNorm);
        Entropy.Add(taken.Hidden.NormalizedEntropy);
        MaxProbability.Add(taken.Hidden.MaxProbability);
        DeadShare.Add(taken.DeadShare);
        NonFinite.Add(taken.NonFinite);
        _watch.OnStep(taken);
    }

    /// <inheritdoc/>
    public void OnValidation(in ValidationResult result) => _watch.OnValidation(result);

    /// <summary>Tells the monitor that the run is over.</summary>
    public void Finish() => _watch.Monitor.Finish();

    /// <summary>The incident that was open at a step, as it was then; null if none was.</summary>
    public Incident? OpenAt(long step)
    {
        Incident? open = null;
        foreach (IncidentChange change in _changes.TakeWhile(change => change.Step <= step))
            open = change.Incident.IsOpen ? change.Incident : null;
        return open;
    }
}
