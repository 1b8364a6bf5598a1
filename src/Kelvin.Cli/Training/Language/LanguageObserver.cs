using System.Globalization;
using Kelvin.Monitoring;
using Kelvin.Networks;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;
using Kelvin.Transformers.Training;

namespace Kelvin.Cli.Training.Language;

/// <summary>Stands beside the training of a transformer: records every step, shows it to the monitor, and tells the view.</summary>
/// <param name="run">Its monitor and metrics.</param>
/// <param name="view">What the user sees.</param>
/// <param name="model">Says how many heads there are.</param>
/// <param name="totalSteps">Steps of the whole run.</param>
/// <param name="headSteps">Every how many steps the heads are recorded; the monitor sees all.</param>
internal sealed class LanguageObserver(WatchedRun run, TrainView view, TransformerConfig model, long totalSteps, int headSteps) : ITransformerObserver
{
    private readonly Point[] _points = new Point[TrainingPoints.MaxPoints + (TransformerPoints.PerHead * model.Layers * model.Heads)];

    /// <inheritdoc/>
    public void OnStep(in TransformerStep taken)
    {
        int count = TransformerPoints.Write(taken, _points);
        int all = count + TransformerPoints.WriteHeads(taken, model.Heads, _points.AsSpan(count));
        bool recordsHeads = taken.Step % headSteps == 0 || taken.Step == 1 || taken.Step == totalSteps;
        run.Log.Add(_points.AsSpan(0, recordsHeads ? all : count));
        Watch(all);
        if (view.IsDue(taken.Step))
            view.Draw(Progress(taken), run.Monitor);
    }

    /// <inheritdoc/>
    public void OnValidation(in ValidationResult result)
    {
        int count = TrainingPoints.Write(result, _points);
        run.Log.Add(_points.AsSpan(0, count));
        Watch(count);
        view.Validation(result);
    }

    private void Watch(int count)
    {
        IReadOnlyList<IncidentChange> changes = run.Monitor.Observe(_points.AsSpan(0, count));
        for (int i = 0; i < changes.Count; i++)
            view.Incident(changes[i]);
    }

    private TrainProgress Progress(in TransformerStep taken)
    {
        double entropy = 0, largest = double.NegativeInfinity;
        foreach (HeadVitals head in taken.Heads.Span)
            (entropy, largest) = (entropy + head.NormalizedEntropy, Math.Max(largest, head.MaxLogit));
        return new TrainProgress(
            taken.Step,
            string.Create(CultureInfo.InvariantCulture, $"step {taken.Step} of {totalSteps}"),
            taken.Loss,
            taken.LearningRate,
            taken.GradientNorm,
            string.Create(CultureInfo.InvariantCulture, $"attention: entropy {entropy / taken.Heads.Length:0.00} of 1   largest logit {largest:0.0}"));
    }
}
