using System.Globalization;
using Kelvin.Inspection.Sites;
using Kelvin.Temperatures;

namespace Kelvin.Inspection;

/// <summary>Says in sentences what an inspection found.</summary>
public static class InspectionWords
{
    /// <summary>The answer in one sentence or two.</summary>
    public static string Headline(InspectionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Sites.Count == 0)
            return report.Hidden.Count == 0 ? "There is no softmax in this model." : $"{Count(report.Hidden.Count, "softmax", "softmaxes")} in this model, and none can be seen.";

        int attention = report.Attention.Count();
        string seen = Count(report.Sites.Count, "softmax", "softmaxes") + (attention == 0 ? "" : $", {(attention == report.Sites.Count ? "all" : Number(attention))} of attention");
        string hidden = report.Hidden.Count == 0 ? "" : $", and {Number(report.Hidden.Count)} that cannot be seen";
        return $"{seen}{hidden}: {Heads(report)}.{Logits(report)}";
    }

    /// <summary>The states of a head in words; "–" if nothing is unusual.</summary>
    public static string States(HeadVitals head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.States.Count == 0 ? "–" : string.Join(", ", head.States.Select(Word));
    }

    /// <summary>How many heads of a site are in which state, in words; "–" if all are as they should be.</summary>
    public static string States(SoftmaxSite site)
    {
        ArgumentNullException.ThrowIfNull(site);
        if (site.Heads.Count == 0)
            return States(site.Whole);
        string[] parts = [.. Enum.GetValues<HeadState>()
            .Select(state => (State: state, Count: site.Heads.Count(head => head.States.Contains(state))))
            .Where(pair => pair.Count > 0)
            .Select(pair => $"{Number(pair.Count)} {Word(pair.State)}")];
        return parts.Length == 0 ? "–" : string.Join(", ", parts);
    }

    /// <summary>One word for a state.</summary>
    public static string Word(HeadState state) => state switch
    {
        HeadState.SinkDominated => "sink",
        HeadState.Collapsed => "collapsed",
        HeadState.Saturated => "saturated",
        _ => "uniform",
    };

    /// <summary>How well the output head predicts the text, and what a temperature would change.</summary>
    public static string Output(OutputCalibration output)
    {
        ArgumentNullException.ThrowIfNull(output);
        CalibrationMetrics plain = output.Ladder.Single(step => step.Temperature == 1).Metrics;
        string measured = output.Measured < output.Labels ? string.Create(CultureInfo.InvariantCulture, $" (over the first {output.Measured})") : "";
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"Output head: {output.Labels} tokens predicted with {output.Nll:0.000} nat each (perplexity {Math.Exp(output.Nll):G4}), {output.Accuracy:P0} of them first. At T = 1 its calibration error is {plain.Ece:P1}{measured}");
        return output.Fit switch
        {
            null => string.Create(CultureInfo.InvariantCulture, $"{text}; with fewer than {OutputCalibration.LeastLabels} tokens no temperature is fitted."),
            { Fit.Outcome: CalibrationOutcome.Interior } fit => string.Create(
                CultureInfo.InvariantCulture,
                $"{text}; T = {fit.Fit.Temperature:0.00}, fitted on every other token, changes that of the others from {fit.Ece.Before:P1} to {fit.Ece.After:P1} and their NLL from {fit.Nll.Before:0.000} to {fit.Nll.After:0.000}."),
            _ => $"{text}; no temperature fits it.",
        };
    }

    /// <summary>What was held in memory, in one sentence.</summary>
    public static string Memory(InspectionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        InspectionMemory memory = report.Memory;
        if (memory.Runs == 0)
            return $"Memory: model file {Size(memory.ModelBytes)}; there was nothing to run.";
        if (memory.IsStreamed)
            return $"Memory: weights {Size(memory.ModelBytes)}, read 16 MB at a time at most; logits and probabilities {Size(memory.AllSitesBytes)}, of which at most {Size(memory.LargestRunBytes)} at once.";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Memory: model file {Size(memory.ModelBytes)}, logits and probabilities {Size(memory.AllSitesBytes)}, of which at most {Size(memory.LargestRunBytes)} at once in {Count(memory.Runs, "run", "runs")}.");
    }

    private static string Heads(InspectionReport report)
    {
        HeadVitals[] heads = [.. report.Attention.SelectMany(site => site.Heads.Count > 0 ? site.Heads : [site.Whole])];
        if (heads.Length == 0)
            return "no attention among what is seen";
        string[] parts = [.. Enum.GetValues<HeadState>()
            .Select(state => (State: state, Count: heads.Count(head => head.States.Contains(state))))
            .Where(pair => pair.Count > 0)
            .Select(pair => $"{Number(pair.Count)} {(pair.Count == 1 ? "is" : "are")} {(pair.State == HeadState.SinkDominated ? "sink-dominated" : Word(pair.State))}")];
        string of = $"of {Count(heads.Length, "head", "heads")},";
        return parts.Length == 0 ? $"{of} none is collapsed, saturated, uniform or sink-dominated" : $"{of} {string.Join(", ", parts)}";
    }

    private static string Logits(InspectionReport report)
    {
        double[] largest = [.. report.Attention.Select(site => site.Whole.Room.MaxLogit).Where(double.IsFinite)];
        if (largest.Length == 0)
            return "";
        double max = largest.Max();
        return string.Create(
            CultureInfo.InvariantCulture,
            $" The largest attention logit is {Short(max)}, {(max > HeadBounds.QkClip ? "over" : "under")} QK-clip's 100 and {(max > HeadBounds.Float16Largest ? "beyond" : "within")} float16's 65504.");
    }

    private static string Short(double value) => value.ToString(Math.Abs(value) >= 100 ? "0" : "0.0", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes >= 1 << 20
        ? (bytes / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture) + " MB"
        : (bytes / 1024.0).ToString("0.0", CultureInfo.InvariantCulture) + " kB";

    private static string Count(int count, string one, string many) => $"{Number(count)} {(count == 1 ? one : many)}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
