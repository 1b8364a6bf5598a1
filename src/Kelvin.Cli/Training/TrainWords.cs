using System.Globalization;
using Kelvin.Networks;
using Kelvin.Statistics;

namespace Kelvin.Cli.Training;

/// <summary>Says in plain sentences how a training run ended.</summary>
internal static class TrainWords
{
    /// <summary>The answer in one sentence.</summary>
    public static string Headline(double accuracy, Interval? interval, IReadOnlyList<TrainSummary.SeedFacts> seeds)
    {
        int lost = seeds.Count(seed => seed.Status == TrainingStatus.Diverged);
        string of = seeds.Count == 1
            ? "The run became non-finite and was stopped"
            : string.Create(CultureInfo.InvariantCulture, $"{lost} of {seeds.Count} runs became non-finite and were stopped");
        string right = string.Create(CultureInfo.InvariantCulture, $"{accuracy * 100:0.0} % of the test examples right");
        string mean = interval is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"{right} on average over {seeds.Count} seeds (95 % interval {range.Low * 100:0.0} to {Math.Min(1, range.High) * 100:0.0})")
            : right;
        bool hasGoodWeights = seeds.Any(seed => seed.BestValidation is not null);
        return lost == 0 ? $"The network gets {mean}."
            : hasGoodWeights ? $"{of}; with the best weights before that, the network gets {mean}."
            : $"{of} before the first epoch ended: there is no network to use.";
    }

    /// <summary>How one seed ended, in a word or two.</summary>
    public static string Ending(TrainingStatus status) => status switch
    {
        TrainingStatus.Completed => "completed",
        TrainingStatus.EarlyStopped => "stopped early",
        TrainingStatus.Diverged => "non-finite",
        _ => "stopped",
    };
}
