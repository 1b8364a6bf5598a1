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
        WriteSharpness(host, result);
        WriteMechanisms(host, result);
    }

    /// <summary>The answer in a sentence.</summary>
    public static string Headline(StabilityResult result)
    {
        StabilityColumn[] known = [.. result.Columns.Where(column => double.IsFinite(column.LargestStable.Value))];
        if (known.Length == 0)
            return "No step could be judged: not even the safe one learns anything here. Try higher temperatures or more steps.";

        StabilityColumn least = known.MinBy(column => column.LargestStable.Value)!;
        StabilityColumn most = known.MaxBy(column => column.LargestStable.Value)!;
        return LabWords.Text($"{LabWords.Capital(result.Plan.Activation)} networks bear from {least.LargestStable.Value:0.00} times 2/λ_max (T = {least.Temperature:0.##}, {least.Hidden} units) to {most.LargestStable.Value:0.00} times (T = {most.Temperature:0.##}, {most.Hidden} units); map and bisection agree within one cell in {result.Agreeing} of {result.Compared} columns.");
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
        host.Write(LabWords.Text($"Largest stable step by bisection, in multiples of 2/λ_max: mean over {result.Plan.BisectedSeeds} seeds with a 95 % interval.\n"));
        var table = new TextTable(["T", .. result.Plan.Widths.Select(hidden => $"{hidden} units")]);
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

    private static void WriteSharpness(CliHost host, StabilityResult result)
    {
        host.Write(LabWords.Text($"\nSharpness λ_max of the Hessian along training, T = 1, {result.Plan.SharpnessHidden} units; ηλ/2 above 1 is beyond the edge of stability.\n"));
        var table = new TextTable("activation", "step", "ηλ/2 at start", "largest", "at the end", "λ grew", "loss left");
        foreach (SharpnessCourse course in result.Sharpness)
        {
            table.Add(
                LabWords.Of(course.Activation),
                LabWords.Text($"× {course.Multiple:0.##}"),
                LabWords.Number(course.ShareOfEdge[0]),
                LabWords.Number(course.ShareOfEdge.Max()),
                LabWords.Number(course.ShareOfEdge[^1]),
                LabWords.Text($"{course.Growth:0.00} ×"),
                LabWords.Percent(course.Loss[^1] / course.Loss[0]));
        }

        table.Write(host);
    }

    private static void WriteMechanisms(CliHost host, StabilityResult result)
    {
        host.Write("\nThe mechanisms at the start: gradient of the outputs when the logits grow 100 times over, its spread over the examples, and the gradient's roughness along itself.\n");
        var table = new TextTable("activation", "T", "saturation", "at × 100", "gradient grows", "spread", "roughness");
        foreach (MechanismPoint at in result.Mechanisms.Where(point => point.Factor == 1))
        {
            MechanismPoint far = result.Mechanism(at.Activation, at.Temperature, 100);
            table.Add(
                LabWords.Of(at.Activation),
                LabWords.Number(at.Temperature),
                LabWords.Number(at.Saturation.Value),
                LabWords.Number(far.Saturation.Value),
                Growth(at, far),
                LabWords.Number(at.Spread.Value),
                LabWords.Number(at.Roughness.Value));
        }

        table.Write(host);
    }

    private static string Growth(MechanismPoint at, MechanismPoint far) => double.IsFinite(far.OutputGradient.Value)
        ? $"{LabWords.Number(far.OutputGradient.Value / at.OutputGradient.Value)} ×"
        : "overflows";
}
