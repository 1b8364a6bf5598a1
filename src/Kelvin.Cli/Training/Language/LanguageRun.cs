using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Models;
using Kelvin.Transformers.Tokenizers;
using Kelvin.Transformers.Training;

namespace Kelvin.Cli.Training.Language;

/// <summary>Trains the transformer of one seed: watched, saved on the way, able to go on, and written as a folder that others open too.</summary>
internal sealed class LanguageRun
{
    /// <summary>The folder of the finished model, in that of the seed.</summary>
    public const string ModelFolder = "model";

    private readonly CliHost _host;
    private readonly LanguagePlan _plan;
    private readonly LanguageData _data;
    private readonly int _seed;
    private readonly TransformerTrainer<float> _trainer;

    public LanguageRun(CliHost host, LanguagePlan plan, LanguageData data, int seed)
    {
        (_host, _plan, _data, _seed) = (host, plan, data, seed);
        _trainer = new TransformerTrainer<float>(TransformerModel.Create<float>(data.Model, seed), data.Train, data.Validation, plan.Training(seed));
    }

    private string Folder => Path.Combine(_plan.Place.FolderOf(_seed), ModelFolder);

    /// <summary>Trains to the end, or until the user interrupts; then what was done is saved before this throws.</summary>
    public LanguageResult Run(bool resume, CancellationToken cancellationToken)
    {
        var run = new WatchedRun(_host, _plan.Place, _seed, new Resumable(() => _trainer.Step, _plan.Steps, _trainer.Save, _trainer.Restore), resume);
        TrainingResult result = Train(run, cancellationToken);
        WriteModel();
        var workspace = new TransformerWorkspace<float>(_data.Model, _plan.Config.Value.Training.Sequences * _data.Train.Length);
        Evaluation validation = TokenEvaluation.Measure(_trainer.Model, _data.Validation, workspace, threads: _plan.Place.Threads);
        IReadOnlyList<AccuracyCell> accuracy = MeasureTasks(cancellationToken);
        return new LanguageResult(_seed, result, validation, accuracy, run.Monitor.Incidents, run.Log);
    }

    private TrainingResult Train(WatchedRun run, CancellationToken cancellationToken)
    {
        using var view = new TrainView(_host, _plan.Place.TitleOf(_seed), _plan.Steps);
        var observer = new LanguageObserver(run, view, _data.Model, _plan.Steps, _plan.Config.Value.Output.HeadSteps);
        return run.Train(_plan.Config.Value.Output.CheckpointSteps, (steps, stop) => _trainer.Run(observer, steps, stop), cancellationToken);
    }

    private void WriteModel()
    {
        AtomicFile.Write(Path.Combine(Folder, ConfigFile.FileName), stream => ConfigFile.Write(stream, _data.Model));
        AtomicFile.Write(Path.Combine(Folder, TokenizerFile.FileName), stream => stream.Write(_data.Tokenizer.Json));
        AtomicFile.Write(Path.Combine(Folder, "model.safetensors"), stream => TransformerWriter.Write(stream, _trainer.Model.AsWeightSource(), _plan.WeightType));
    }

    /// <summary>Measures the model as it was written, so as its users get it.</summary>
    private IReadOnlyList<AccuracyCell> MeasureTasks(CancellationToken cancellationToken)
    {
        if (!_plan.Config.Value.Data.IsTasks)
            return [];

        using TransformerCheckpoint checkpoint = TransformerCheckpoint.Open(Folder, allowsNonFinite: true);
        IReadOnlyList<AccuracyCell> cells = AccuracyTable.Measure(
            LanguageModel.Load(checkpoint), _data.Tokenizer.Tokenizer, _data.Tokenizer.End!.Value, _plan.Config.Value.Evaluation, _plan.Place.Threads, cancellationToken);
        AtomicFile.WriteText(Path.Combine(Folder, "accuracy.csv"), AccuracyTable.Csv(cells));
        return cells;
    }
}
