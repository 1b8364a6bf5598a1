using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Lab.Tune;

/// <summary>What the tuner says on the terminal.</summary>
internal static class TuneText
{
    public static void Write(CliHost host, TuneResult result)
    {
        host.Write(Headline(result));
        if (result.Note.Length > 0)
            host.Write(result.Note);
        host.Output.WriteLine();
        var table = new TextTable("data", "seed", "tuned loss", "grid's", "ratio", "compute", "to within 2 %", "grid itself");
        foreach (TuneOutcome one in result.Outcomes)
        {
            table.Add(
                one.Data,
                LabWords.Text($"{one.Seed}"),
                LabWords.Number(one.Tuned.Loss),
                LabWords.Number(one.Grid?.Loss ?? double.NaN),
                LabWords.Number(one.LossRatio),
                Share(one.CostShare),
                Share(one.ShareToReach),
                Share(one.GridShareToReach));
        }

        table.Write(host);
        host.Write(LabWords.Text($"\nLosses are validation cross-entropies in nats; ratios take those below {TuneOutcome.Floor} nat as equal. Compute counts the arithmetic of the matrix products, as a share of the grid's: {result.Plan.Grid.Count} whole runs of {result.Plan.Epochs} epochs.\n"));
        if (!result.IsBenchmark)
            WriteConfiguration(host, result.First, result.Plan.WeightDecay);
    }

    /// <summary>The answer in a sentence or two.</summary>
    public static string Headline(TuneResult result)
    {
        if (!result.IsBenchmark)
        {
            TuneOutcome one = result.First;
            string against = one.Grid is null
                ? string.Empty
                : LabWords.Text($"; the grid's best is {LabWords.Number(one.Grid.Loss)} nat");
            return LabWords.Text($"Take {one.Tuned.Best}: {LabWords.Number(one.Tuned.Loss)} nat on the validation rows, found with {one.CostShare * 100:0} % of the compute of a default grid search{against}.");
        }

        (double ratio, double low, double high) = TuneResult.Median(result.Outcomes.Select(one => one.LossRatio));
        (double share, double least, double most) = TuneResult.Median(result.Outcomes.Select(one => one.CostShare));
        int near = result.Outcomes.Count(one => one.LossRatio <= TuneOutcome.Nearness);
        return LabWords.Text($"The tuner's validation loss is {ratio:0.000} times the grid's best [{low:0.000}, {high:0.000}] (median over {result.DataSets.Count} data sets and {result.Outcomes.Count / result.DataSets.Count} seeds) with {share * 100:0.0} % [{least * 100:0.0}, {most * 100:0.0}] of its compute; within 2 % of it or better in {near} of {result.Outcomes.Count} cases.");
    }

    private static string Share(double share) => double.IsPositiveInfinity(share) ? "never" : LabWords.Percent(share);

    private static void WriteConfiguration(CliHost host, TuneOutcome one, double weightDecay)
    {
        host.Write("For `kelvin train`, in your YAML file:\n");
        foreach (string line in Configuration(one, weightDecay).Split('\n'))
            host.Output.WriteLine($"    {line}");
    }

    /// <summary>The lines of a training configuration that stand for what was found.</summary>
    public static string Configuration(TuneOutcome one, double weightDecay) => LabWords.Text($"""
        network:
          hidden: {one.Tuned.Best.Hidden}
          activation: softmax
          parametrisation: ntk
          temperature: {one.Tuned.Best.Temperature:R}
          symmetric_start: true
        optimiser:
          kind: momentum
          learning_rate: {one.Tuned.Best.LearningRate:0.######}
          momentum: {TunePlan.Momentum}
          weight_decay: {weightDecay}
        """);
}
