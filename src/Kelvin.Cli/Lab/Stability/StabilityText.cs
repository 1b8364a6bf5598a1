using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Lab.Stability;

/// <summary>What the stability experiment says on the terminal.</summary>
internal static class StabilityText
{
    public static void Write(CliHost host, StabilityResult result)
    {
        StabilityPlan plan = result.Plan;
        host.Write(Headline(result));
        host.Write(LabWords.Text($"\n{plan.Data}, {plan.Rows} examples, gradient descent over all of them, at most {plan.MaxSteps} steps. Steps in multiples of 2/λ_max at the start, from {plan.Multiples[0]:0.##} (left) to {plan.Multiples[^1]:0.##} (right) by factors of {plan.Multiples[1] / plan.Multiples[0]:0.00}:\n"));
        WriteMaps(host, result);
        host.Output.WriteLine($"\n{StabilityWords.Key}\n");
        WriteFrontier(host, result);
    }

    /// <summary>The answer in a sentence.</summary>
    public static string Headline(StabilityResult result)
    {
        StabilityColumn[] known = [.. result.Columns.Where(column => double.IsFinite(column.LargestStable.Value))];
        if (known.Length == 0)
            return "No step could be judged: not even the safe one learns anything here. Try higher temperatures or more steps.";

        StabilityColumn least = known.MinBy(column => column.LargestStable.Value)!;
        StabilityColumn most = known.MaxBy(column => column.LargestStable.Value)!;
        return LabWords.Text($"{LabWords.Of(result.Plan.Activation)} networks bear from {least.LargestStable.Value:0.00} times 2/λ_max (T = {least.Temperature:0.##}, {least.Hidden} units) to {most.LargestStable.Value:0.00} times (T = {most.Temperature:0.##}, {most.Hidden} units); map and bisection agree within one cell in {result.Agreeing} of {result.Compared} columns.");
    }

    private static void WriteMaps(CliHost host, StabilityResult result)
    {
        int width = Math.Max(result.Plan.Multiples.Count, 9);
        host.Output.WriteLine("     T  " + string.Join("  ", result.Plan.Widths.Select(hidden => $"{hidden} units".PadRight(width))).TrimEnd());
        foreach (double temperature in result.Plan.Temperatures)
        {
            IEnumerable<string> maps = result.Plan.Widths.Select(hidden =>
                string.Concat(result.At(temperature, hidden).Cells.Select(cell => StabilityWords.Letter(cell.Outcome))).PadRight(width));
            host.Output.WriteLine($"{LabWords.Number(temperature),6}  {string.Join("  ", maps)}".TrimEnd());
        }
    }

    private static void WriteFrontier(CliHost host, StabilityResult result)
    {
        host.Write(LabWords.Text($"Largest stable step by bisection, in multiples of 2/λ_max: mean over {result.Plan.BisectedSeeds} seeds with\na 95 % interval.\n"));
        var table = new LabTable(["T", .. result.Plan.Widths.Select(hidden => $"{hidden} units")]);
        foreach (double temperature in result.Plan.Temperatures)
        {
            table.Add(
            [
                LabWords.Number(temperature),
                .. result.Plan.Widths.Select(hidden => LabWords.Number(result.At(temperature, hidden).LargestStable)),
            ]);
        }

        table.Write(host);
    }
}
