using Kelvin.Cli.Frame;
using Kelvin.Monitoring;
using Kelvin.Networks;

namespace Kelvin.Cli.Training;

/// <summary>The run of one seed: its monitor and its metrics, saved on the way, and able to go on from what was saved.</summary>
internal sealed class WatchedRun
{
    private readonly CliHost _host;
    private readonly RunPlace _place;
    private readonly int _seed;
    private readonly Resumable _trainer;

    /// <summary>Begins a run, or takes an interrupted one up where it was saved.</summary>
    public WatchedRun(CliHost host, RunPlace place, int seed, Resumable trainer, bool resume)
    {
        (_host, _place, _seed, _trainer) = (host, place, seed, trainer);
        string checkpoint = CheckpointPath(place, seed);
        if (resume && File.Exists(checkpoint))
            (Monitor, Log) = RunCheckpoint.Restore(checkpoint, host.ShortPath(checkpoint), trainer);
    }

    public RunMonitor Monitor { get; } = new();

    public MetricsLog Log { get; } = new();

    /// <summary>The file that holds all that a run needs to go on.</summary>
    public static string CheckpointPath(RunPlace place, int seed) => Path.Combine(place.FolderOf(seed), "run.checkpoint");

    /// <summary>Trains to the end, or until the user interrupts; then what was done is saved before this throws.</summary>
    /// <param name="interval">Steps between two checkpoints.</param>
    /// <param name="run">Takes at most so many steps.</param>
    /// <param name="cancellationToken">The user's interruption.</param>
    public TrainingResult Train(long interval, Func<long, CancellationToken, TrainingResult> run, CancellationToken cancellationToken)
    {
        while (true)
        {
            TrainingResult result = run(interval - (_trainer.Step() % interval), cancellationToken);
            if (result.Status is not (TrainingStatus.Paused or TrainingStatus.Cancelled))
            {
                Monitor.Finish();
                Save();
                return result;
            }

            Save();
            if (result.Status == TrainingStatus.Cancelled)
            {
                throw new InterruptedException(
                    FormattableString.Invariant($"Interrupted at step {_trainer.Step()} of {_trainer.TotalSteps} of {_place.TitleOf(_seed)}; {_host.ShortPath(CheckpointPath(_place, _seed))} holds all of it."),
                    "Run the same command with --resume to go on; the result will be the same as without the break.");
            }
        }
    }

    private void Save()
    {
        AtomicFile.Write(Path.Combine(_place.FolderOf(_seed), "metrics.csv"), Log.Write);
        AtomicFile.Write(CheckpointPath(_place, _seed), stream => RunCheckpoint.Write(stream, _trainer, Monitor, Log));
    }
}
