using Kelvin.Cli.Frame;
using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Ntk;

/// <summary>What the kernel experiment says on the terminal.</summary>
internal static class NtkText
{
    public static void Write(CliHost host, NtkResult result)
    {
        NtkPlan plan = result.Plan;
        host.Write(Headline(result));
        host.Write(LabWords.Text($"\n{result.Problem.Name}, {result.Problem.Set.Rows} examples on the unit sphere, {result.Problem.Question}; weights N(0, {plan.Scale:0.###}²), T = {plan.Temperature:0.###}; means over {plan.Seeds} networks.\n"));
        foreach (string remark in Remarks(result))
            host.Write(remark + "\n");
        Spectra(result).Write(host);
        host.Write(LabWords.Text($"\nRank: (Σλ)²/Σλ². Aligned: share of the kernel along the targets. From the limit: ‖H − K‖/‖K‖. Varies: from network to network. Drift, and the least and largest eigenvalue after over before: {plan.Steps} steps at a quarter of the stable one.\n"));
        Nearness(result).Write(host);
    }

    /// <summary>The answer in a sentence.</summary>
    public static string Headline(NtkResult result)
    {
        NtkPoint softmax = result.Widest(HiddenActivation.Softmax);
        NtkPoint exp = result.Widest(HiddenActivation.Exp);
        NtkPoint relu = result.Widest(HiddenActivation.Relu);
        return LabWords.Text($"At {softmax.Hidden} units the softmax kernel is {LabWords.Percent(softmax.Distance.Value)} from its infinite-width limit (exp {LabWords.Percent(exp.Distance.Value)}, ReLU {LabWords.Percent(relu.Distance.Value)}) and training moves it by {LabWords.Percent(softmax.Drift.Value)} (exp {LabWords.Percent(exp.Drift.Value)}, ReLU {LabWords.Percent(relu.Drift.Value)}).");
    }

    /// <summary>What must be known to read the numbers.</summary>
    public static IEnumerable<string> Remarks(NtkResult result)
    {
        if (result.Singular is { } singular)
            yield return singular;
        foreach (string warning in result.Limits.Select(limit => limit.Warning).OfType<string>())
            yield return warning;
    }

    private static TextTable Spectra(NtkResult result)
    {
        var table = new TextTable("activation", "units", "λ_min", "λ_max", "condition", "rank", "aligned");
        foreach (HiddenActivation activation in LabNetworks.Activations)
        {
            foreach (NtkPoint point in result.Of(activation))
            {
                table.Add(
                    LabWords.Of(activation), LabWords.Text($"{point.Hidden}"), LabWords.Number(point.Smallest.Value), LabWords.Number(point.Largest.Value),
                    LabWords.Number(point.Condition.Value), LabWords.Number(point.EffectiveRank.Value), LabWords.Number(point.Alignment.Value));
            }

            NtkLimit limit = result.Limits.First(one => one.Activation == activation);
            table.Add(
                LabWords.Of(activation), "∞", LabWords.Number(limit.Smallest), LabWords.Number(limit.Largest),
                LabWords.Number(limit.Largest / limit.Smallest), LabWords.Number(limit.EffectiveRank), LabWords.Number(limit.Alignment));
        }

        return table;
    }

    private static TextTable Nearness(NtkResult result)
    {
        var table = new TextTable("activation", "units", "from the limit", "varies", "drift", "λ_min", "λ_max", "loss left");
        foreach (NtkPoint point in result.Points)
        {
            table.Add(
                LabWords.Of(point.Activation), LabWords.Text($"{point.Hidden}"), LabWords.Number(point.Distance.Value), LabWords.Number(point.Fluctuation),
                LabWords.Number(point.Drift.Value), Times(point.SmallestRatio.Value), Times(point.LargestRatio.Value), LabWords.Number(point.LossLeft.Value));
        }

        return table;
    }

    private static string Times(double ratio) => double.IsNaN(ratio) ? "–" : LabWords.Text($"× {ratio:0.00}");
}
