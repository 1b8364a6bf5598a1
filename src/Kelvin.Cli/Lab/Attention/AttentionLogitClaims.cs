using Kelvin.Cli.Frame;
using Kelvin.Cli.Lab.Claims;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Lab.Attention;

/// <summary>What becomes of the attention logits, and how much of the training goes through them.</summary>
internal static class AttentionLogitClaims
{
    public static MeasuredClaim Sharpens(AttentionResult result)
    {
        static double Change(AttentionSample sample) => sample.End.Look.Entropy - sample.Start.Look.Entropy;
        static double Logit(AttentionSample sample) => sample.End.Look.MaxLogit - sample.Start.Look.MaxLogit;
        Estimate all = result.Mean(AttentionKind.Softmax, false, Change);
        Estimate analogy = result.Mean(AttentionKind.Softmax, true, Change);
        bool[] held = [all.High < 0, analogy.High < 0];
        return new MeasuredClaim(
            "attention-sharpens",
            "Softmax attention becomes sharper while it trains",
            "entropy at the end minus entropy at the start, in shares of log n, softmax T=1, everything trained",
            all,
            result.Plan.Seeds,
            held[0] && held[1] ? ClaimVerdict.Holds : held[0] || held[1] ? ClaimVerdict.Conditional : ClaimVerdict.Fails,
            held[0] ? "everything is trained" : "only queries and keys are trained",
            LabWords.Text($"with only queries and keys trained {LabWords.Number(analogy)}; the largest logit moves by {LabWords.Number(result.Mean(AttentionKind.Softmax, false, Logit))} and {LabWords.Number(result.Mean(AttentionKind.Softmax, true, Logit))}"),
            AttentionClaims.Bars(result, "Change of the entropy", new Axis("Entropy, end minus start"), Change));
    }

    public static MeasuredClaim Cold(AttentionResult result)
    {
        static double Drift(AttentionSample sample) => sample.End.Drift;
        Estimate Ratio(bool isAnalogy) => Estimate.GeometricMean(
            result.Of(AttentionKind.Cold, isAnalogy).Zip(result.Of(AttentionKind.Warm, isAnalogy), (cold, warm) => Drift(cold) / Drift(warm)));
        (Estimate all, Estimate analogy) = (Ratio(false), Ratio(true));
        bool[] held = [all.Low > 1, analogy.Low > 1];
        return new MeasuredClaim(
            "attention-cold",
            "Cold attention moves its kernel more than warm attention",
            "drift at T=¼ divided by drift at T=4, traces matched, everything trained",
            all,
            result.Plan.Seeds,
            held[0] && held[1] ? ClaimVerdict.Holds : held[0] || held[1] ? ClaimVerdict.Conditional : ClaimVerdict.Fails,
            held[0] ? "everything is trained" : "only queries and keys are trained",
            LabWords.Text($"with only queries and keys trained {LabWords.Number(analogy)}"),
            AttentionClaims.Bars(result, "Drift by temperature", ClaimPlots.Log("‖H − H₀‖/‖H₀‖"), Drift));
    }

    public static MeasuredClaim Analogy(AttentionResult result)
    {
        static double Share(AttentionSample sample) => sample.LogitShare;
        Estimate share = result.Mean(AttentionKind.Softmax, false, Share);
        return new MeasuredClaim(
            "attention-analogy",
            "The two-layer theory, where only the logits are trained, covers most of a self-attention layer",
            "share of the kernel's trace that comes through queries and keys, softmax T=1",
            share,
            result.Plan.Seeds,
            share.Low > 0.5 ? ClaimVerdict.Holds : ClaimVerdict.Fails,
            string.Empty,
            LabWords.Text($"T=¼ {LabWords.Number(result.Mean(AttentionKind.Cold, false, Share))}, T=4 {LabWords.Number(result.Mean(AttentionKind.Warm, false, Share))}"),
            AttentionClaims.Bars(result, "Share of queries and keys", new Axis("Share of the trace") { Min = 0 }, Share));
    }
}
