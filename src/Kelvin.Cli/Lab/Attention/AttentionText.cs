using Kelvin.Cli.Frame;
using Kelvin.Cli.Lab.Claims;

namespace Kelvin.Cli.Lab.Attention;

/// <summary>What the attention experiment says on the terminal.</summary>
internal static class AttentionText
{
    public static void Write(CliHost host, AttentionResult result)
    {
        AttentionPlan plan = result.Plan;
        host.Write(Headline(result));
        host.Write(LabWords.Text($"\n{result.Task.Question} {plan.Sequences} sequences to train on, targets ±1, width {plan.Width}, one layer, {plan.Seeds} seeds; {plan.Steps} steps at a quarter of the stable one; traces of the kernels matched.\n"));
        IReadOnlyList<AttentionRow> rows = AttentionRow.All(result);
        foreach (bool isAnalogy in AttentionResult.Settings)
        {
            host.Write(isAnalogy ? "\nOnly queries and keys trained, as in the two-layer analogy:" : "Everything trained:");
            Table(rows.Where(row => row.QueriesAndKeysOnly == isAnalogy)).Write(host);
        }

        host.Write(LabWords.Text($"\nError: largest ‖u − û‖/‖u₀‖, û foretold by the kernel. Drift: ‖H − H₀‖/‖H₀‖. Entropy as a share of log n, largest logit over T: start to end. Step: largest stable, × λ_max/2; best: loss left after {plan.Budget} steps of the best size. Test: right answers to {plan.TestSequences} other sequences."));
        ClaimsText.WriteClaims(host, result.Claims);
        host.Write("\nBrackets are 95 % intervals over seeds. A claim whose interval does not show it does not hold.");
    }

    /// <summary>The answer in a sentence.</summary>
    public static string Headline(AttentionResult result)
    {
        int Count(ClaimVerdict verdict) => result.Claims.Count(claim => claim.Verdict == verdict);
        return LabWords.Text($"Of {result.Claims.Count} claims carried over to self-attention {Count(ClaimVerdict.Holds)} hold, {Count(ClaimVerdict.Conditional)} hold under a condition, and {Count(ClaimVerdict.Fails)} do not hold.");
    }

    private static TextTable Table(IEnumerable<AttentionRow> rows)
    {
        var table = new TextTable("attention", "loss left", "error", "drift", "entropy", "max logit", "step", "best", "test");
        foreach (AttentionRow row in rows)
        {
            table.Add(
                row.Attention,
                LabWords.Number(row.LossLeft.Value),
                LabWords.Number(row.PredictionError.Value),
                LabWords.Number(row.Drift.Value),
                LabWords.Text($"{row.Entropy[0].Value:0.00}→{row.Entropy[^1].Value:0.00}"),
                LabWords.Text($"{row.MaxLogit[0].Value:0.0}→{row.MaxLogit[^1].Value:0.0}"),
                LabWords.Number(row.LargestStep.Value),
                LabWords.Number(row.BestLoss.Value),
                LabWords.Text($"{100 * row.TestAccuracy.Value:0} %"));
        }

        return table;
    }
}
