using Kelvin.Cli.Frame;
using Kelvin.Linear;
using Kelvin.Monitoring;
using Kelvin.Networks;
using Kelvin.Temperatures;

namespace Kelvin.Cli.Training;

/// <summary>Trains the network of one seed: watched, saved on the way, and able to go on from what was saved.</summary>
internal sealed class SeedRun
{
    private readonly CliHost _host;
    private readonly TrainPlan _plan;
    private readonly TrainData _data;
    private readonly int _seed;
    private readonly Trainer<float> _trainer;
    private RunMonitor _monitor = new();
    private MetricsLog _log = new();

    public SeedRun(CliHost host, TrainPlan plan, TrainData data, int seed)
    {
        _host = host;
        _plan = plan;
        _data = data;
        _seed = seed;
        TwoLayerNetwork<float> network = TwoLayerNetwork.Create<float>(plan.Network(data), seed);
        _trainer = new Trainer<float>(network, data.Train, data.Validation, plan.Training(seed));
    }

    /// <summary>The file that holds all that a run needs to go on.</summary>
    public static string CheckpointPath(TrainPlan plan, int seed) => Path.Combine(plan.FolderOf(seed), "run.checkpoint");

    /// <summary>Trains to the end, or until the user interrupts; then what was done is saved before this throws.</summary>
    public SeedResult Run(bool resume, CancellationToken cancellationToken)
    {
        string checkpoint = CheckpointPath(_plan, _seed);
        if (resume && File.Exists(checkpoint))
            (_monitor, _log) = RunCheckpoint.Restore(checkpoint, _host.ShortPath(checkpoint), _trainer);

        TrainingResult result = Train(cancellationToken);
        _monitor.Finish();
        Save();
        AtomicFile.Write(Path.Combine(_plan.FolderOf(_seed), "model.kelvin"), _trainer.Save);
        return new SeedResult(
            _seed,
            result,
            _trainer.Network.Evaluate(_data.Test, _trainer.Options.Loss.Kind, new NetworkWorkspace<float>(_trainer.Network.Options, _data.Test.Rows), _plan.Threads),
            Calibrate(),
            _monitor.Incidents,
            _log);
    }

    private TrainingResult Train(CancellationToken cancellationToken)
    {
        string title = _plan.Seeds.Count == 1 ? _plan.Name : FormattableString.Invariant($"{_plan.Name}, seed {_seed}");
        using var view = new TrainView(_host, title, _trainer.TotalSteps, _plan.Epochs);
        var watch = new TrainingWatch(_monitor, _trainer.Options, _data.Train.Rows, change => view.Incident(change));
        var observer = new RunObserver(_log, watch, view);
        long interval = (long)_plan.Config.Value.Output.CheckpointEpochs * _trainer.StepsPerEpoch;
        while (true)
        {
            TrainingResult result = _trainer.Run(observer, interval - (_trainer.Step % interval), cancellationToken);
            if (result.Status is not (TrainingStatus.Paused or TrainingStatus.Cancelled))
                return result;

            Save();
            if (result.Status == TrainingStatus.Cancelled)
            {
                throw new InterruptedException(
                    FormattableString.Invariant($"Interrupted at step {_trainer.Step} of {_trainer.TotalSteps} of {title}; {_host.ShortPath(CheckpointPath(_plan, _seed))} holds all of it."),
                    "Run the same command with --resume to go on; the result will be the same as without the break.");
            }
        }
    }

    private void Save()
    {
        AtomicFile.Write(Path.Combine(_plan.FolderOf(_seed), "metrics.csv"), _log.Write);
        AtomicFile.Write(CheckpointPath(_plan, _seed), stream => RunCheckpoint.Write(stream, _trainer, _monitor, _log));
    }

    private CalibrationReport? Calibrate()
    {
        Config.CalibrationConfig config = _plan.Config.Value.Calibration;
        if (!config.Enabled || _trainer.Options.Loss.Kind != LossKind.CrossEntropy)
            return null;

        return CalibrationReport.Compare(
            Logits(_data.Validation),
            _data.Validation.Labels.Span,
            Logits(_data.Test),
            _data.Test.Labels.Span,
            config.Bins,
            config.Resamples,
            _seed,
            config.Level);
    }

    private ReadOnlyMatrixView<float> Logits(TrainingSet<float> set)
    {
        NetworkOptions options = _trainer.Network.Options;
        MatrixView<float> logits = MatrixView.Allocate<float>(set.Rows, options.Outputs);
        _trainer.Network.Forward(set.Inputs, logits, new NetworkWorkspace<float>(options, set.Rows), _plan.Threads);
        return logits;
    }
}
