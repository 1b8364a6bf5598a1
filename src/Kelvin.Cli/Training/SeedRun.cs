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

    public SeedRun(CliHost host, TrainPlan plan, TrainData data, int seed)
    {
        _host = host;
        _plan = plan;
        _data = data;
        _seed = seed;
        TwoLayerNetwork<float> network = TwoLayerNetwork.Create<float>(plan.Network(data), seed);
        _trainer = new Trainer<float>(network, data.Train, data.Validation, plan.Training(seed));
    }

    /// <summary>Trains to the end, or until the user interrupts; then what was done is saved before this throws.</summary>
    public SeedResult Run(bool resume, CancellationToken cancellationToken)
    {
        var run = new WatchedRun(
            _host, _plan.Place, _seed, new Resumable(() => _trainer.Step, _trainer.TotalSteps, _trainer.Save, _trainer.Restore), resume);
        TrainingResult result = Train(run, cancellationToken);
        AtomicFile.Write(Path.Combine(_plan.Place.FolderOf(_seed), "model.kelvin"), _trainer.Save);
        return new SeedResult(
            _seed,
            result,
            _trainer.Network.Evaluate(_data.Test, _trainer.Options.Loss.Kind, new NetworkWorkspace<float>(_trainer.Network.Options, _data.Test.Rows), _plan.Threads),
            Calibrate(),
            run.Monitor.Incidents,
            run.Log);
    }

    private TrainingResult Train(WatchedRun run, CancellationToken cancellationToken)
    {
        using var view = new TrainView(_host, _plan.Place.TitleOf(_seed), _trainer.TotalSteps);
        var watch = new TrainingWatch(run.Monitor, _trainer.Options, _data.Train.Rows, change => view.Incident(change));
        var observer = new RunObserver(run.Log, watch, view, _plan.Epochs);
        long interval = (long)_plan.Config.Value.Output.CheckpointEpochs * _trainer.StepsPerEpoch;
        return run.Train(interval, (steps, stop) => _trainer.Run(observer, steps, stop), cancellationToken);
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
