using System.Globalization;
using Kelvin.Cli.Frame;
using Kelvin.Monitoring;
using Kelvin.Networks;

namespace Kelvin.Cli.Training;

/// <summary>What the user sees on standard error while a model trains: a live block on a terminal, incidents everywhere.</summary>
/// <param name="host">Where to draw.</param>
/// <param name="title">Which run this is.</param>
/// <param name="totalSteps">Steps of the whole run.</param>
internal sealed class TrainView(CliHost host, string title, long totalSteps) : IDisposable
{
    private readonly LiveBlock _block = new(host);
    private ValidationResult? _validation;
    private double _best = double.NaN;
    private long _firstStep = -1;

    /// <summary>Whether a step should be drawn: at most ten times a second.</summary>
    public bool IsDue(long step)
    {
        if (_firstStep < 0)
            _firstStep = step - 1;
        return _block.IsDue;
    }

    /// <summary>Shows a step.</summary>
    public void Draw(TrainProgress progress, RunMonitor monitor) => _block.Draw(Lines(progress, monitor));

    /// <summary>Remembers a measurement of the validation set.</summary>
    public void Validation(in ValidationResult result)
    {
        _validation = result;
        if (result.IsBest)
            _best = result.Accuracy;
    }

    /// <summary>Tells an incident as it opens: one sentence that ends with what to do, then what else may help.</summary>
    public void Incident(in IncidentChange change)
    {
        if (change.Kind != IncidentChangeKind.Opened)
            return;

        _block.WriteAbove("warning", $"{title}: {change.Incident.Title}");
        foreach (string remedy in change.Incident.Remedy.Skip(1).Take(1))
            _block.WriteAbove("hint", $"Or: {remedy}");
    }

    public void Dispose() => _block.Dispose();

    private List<string> Lines(TrainProgress step, RunMonitor monitor)
    {
        double share = (double)step.Step / totalSteps;
        double done = (double)(step.Step - _firstStep) / (totalSteps - _firstStep);
        double left = done > 0 ? _block.Elapsed.TotalSeconds * (1 - done) / done : 0;
        List<string> lines =
        [
            Text($"{title}  {LiveBlock.Bar(share, 24)} {share * 100:0} %  {step.Position}  {left:0} s left"),
            Text($"loss {step.Loss:0.0000}   accuracy {Percent(_validation?.Accuracy)} (best {Percent(_best)})   learning rate {step.LearningRate:0.######}   gradient {step.GradientNorm:0.000}"),
        ];
        if (step.Softmax is { } softmax)
            lines.Add(softmax);
        if (monitor.Open is { } open)
            lines.Add($"incident {open.Cause} is open since step {open.OpenedStep.ToString(CultureInfo.InvariantCulture)}");
        return lines;
    }

    private static string Percent(double? share) =>
        share is { } value && !double.IsNaN(value) ? Text($"{value * 100:0.0} %") : "–";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
