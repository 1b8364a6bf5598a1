using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Lab.Landscape;

/// <summary>What the landscape experiment says on the terminal.</summary>
internal static class LandscapeText
{
    public static void Write(CliHost host, LandscapeResult result)
    {
        LandscapePlan plan = result.Plan;
        host.Write(Headline(result));
        host.Write(LabWords.Text($"\n{plan.Data}, {plan.Rows} examples, {plan.Hidden} units, {plan.Seeds} seeds, kernels matched; the fixed loss is {plan.TargetShare * 100:0} % of the start's. Brackets are 95 % intervals. Best steps: {BestSteps(result)} times 2/λ_max.\n"));
        IReadOnlyList<LandscapeMeasure> measures = result.Measures();
        var values = new TextTable("", "softmax", "exp", "ReLU");
        foreach (LandscapeMeasure measure in measures)
            values.Add([Short(measure), .. measure.Values.Select(value => measure.IsShare ? Shares(value) : LabWords.Number(value))]);
        values.Write(host);

        host.Write("\nSoftmax against the others, seed by seed (ratios; differences in points for %):\n✓ better, ✗ worse, · not decided.\n");
        var against = new TextTable("", "against exp", "", "against ReLU", "");
        foreach (LandscapeMeasure measure in measures)
            against.Add(Short(measure), Against(measure, 0), Sign(measure, 0), Against(measure, 1), Sign(measure, 1));
        against.Write(host);
        WriteStuck(host, result);
    }

    /// <summary>The answer in a sentence.</summary>
    public static string Headline(LandscapeResult result)
    {
        LandscapeMeasure[] measures = [.. result.Measures()];
        string[] better = Count(measures, "better");
        string[] worse = Count(measures, "worse");
        return LabWords.Text($"At matched kernels softmax is better than exp in {better[0]} and worse in {worse[0]} of {measures.Length} measures, better than ReLU in {better[1]} and worse in {worse[1]}; the rest is not decided by {result.Plan.Seeds} seeds.");
    }

    private static string[] Count(LandscapeMeasure[] measures, string verdict) =>
        [.. Enumerable.Range(0, 2).Select(other => LabWords.Text($"{measures.Count(measure => measure.Verdict(other) == verdict)}"))];

    private static string BestSteps(LandscapeResult result) =>
        string.Join(", ", LabNetworks.Activations.Select((activation, i) => LabWords.Text($"{LabWords.Of(activation)} {result.BestSteps[i]}")));

    private static string Short(LandscapeMeasure measure)
    {
        string name = measure.Name
            .Replace("largest stable step", "stable step", StringComparison.Ordinal)
            .Replace("to the fixed loss, ", "to loss, ", StringComparison.Ordinal)
            .Replace("seeds that fail", "fail", StringComparison.Ordinal)
            .Replace("accuracy on", "right on", StringComparison.Ordinal);
        if (name.Length > 22)
            name = name.Length > 24 || measure.IsShare ? $"{name[..21]}…" : name;
        return measure.IsShare ? $"{name} (%)" : name;
    }

    private static string Shares(Estimate value) => LabWords.Text($"{value.Value * 100:0.0} [{value.Low * 100:0}, {value.High * 100:0}]").Replace('-', '−');

    private static string Whole(Estimate value) => LabWords.Text($"{value.Value * 100:0} [{value.Low * 100:0}, {value.High * 100:0}]").Replace('-', '−');

    private static string Sign(LandscapeMeasure measure, int other) => measure.Verdict(other) switch
    {
        "better" => "✓",
        "worse" => "✗",
        _ => "·",
    };

    private static string Against(LandscapeMeasure measure, int other)
    {
        Estimate value = measure.Against[other];
        return measure.IsShare ? Shares(value) : LabWords.Number(value);
    }

    private static void WriteStuck(CliHost host, LandscapeResult result)
    {
        host.Write(LabWords.Text($"\nAfter {result.Plan.MaxSteps} steps at half of 2/λ_max: the loss left in % of the start's, and the runs in a poor stationary point (at rest with more than twice the best loss). Barrier: the loss on the line between two solutions above its ends, same unit.\n"));
        var table = new TextTable("", "softmax", "exp", "ReLU");
        foreach (int hidden in result.Plan.StuckWidths)
        {
            table.Add([LabWords.Text($"{hidden} units, loss left"), .. LabNetworks.Activations.Select(activation => LabWords.Percent(result.FinalLoss(activation, hidden)))]);
            table.Add([LabWords.Text($"{hidden} units, poor"), .. LabNetworks.Activations.Select(activation => Shares(result.PoorShare(activation, hidden)))]);
        }

        table.Add(["barrier", .. LabNetworks.Activations.Select(activation => LabWords.Percent(result.Barrier(activation)))]);
        table.Write(host);
        WriteHard(host, result);
    }

    private static void WriteHard(CliHost host, LandscapeResult result)
    {
        host.Write(LabWords.Text($"\nNarrow and saturated networks (standard scaling, all trained) that tell two confusable classes apart, {result.Plan.HardSeeds} seeds, {result.Plan.HardSteps} steps of half of 2/λ_max measured anew on the way. Poor: at rest with over a tenth of the loss and twice the best; in %:\n"));
        var table = new TextTable("", "poor", "loss left", "pairs", "barrier");
        foreach (HardRow row in HardRow.Of(result.Hard))
        {
            bool isFirst = row.Activation == LabNetworks.Activations[0];
            if (isFirst)
                table.Add(row.Setting, "", "", "", "");
            table.Add($"  {LabWords.Of(row.Activation)}", Whole(row.Poor), Whole(row.Loss), Whole(row.PairAccuracy), Whole(row.Barrier));
        }

        table.Write(host);
    }
}
