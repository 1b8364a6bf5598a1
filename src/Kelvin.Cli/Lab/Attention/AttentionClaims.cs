using Kelvin.Cli.Frame;
using Kelvin.Cli.Lab.Claims;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Lab.Attention;

/// <summary>The claims about normalised attention, judged by the samples.</summary>
internal static class AttentionClaims
{
    private const string Trained = "everything trained";
    private const string Analogy = "only queries and keys";

    public static IReadOnlyList<MeasuredClaim> Of(AttentionResult result) =>
    [
        Shift(result),
        Scale(result),
        Less(result, "attention-drift", "Normalised attention's kernel drifts less in training", "drift ‖H − H₀‖/‖H₀‖", sample => sample.End.Drift),
        AttentionTrainingClaims.Predicted(result),
        AttentionTrainingClaims.SafeStep(result),
        AttentionTrainingClaims.Smallest(result),
        Less(
            result,
            "attention-large-steps",
            "Normalised attention trains stably at larger steps",
            "largest stable step × λ_max/2, inverted",
            sample => 1 / sample.LargestStep,
            ("largest stable step × λ_max/2", sample => sample.LargestStep)),
        Less(
            result,
            "attention-best-loss",
            LabWords.Text($"Normalised attention has the lower loss after {result.Plan.Budget} steps of its best size"),
            "loss left",
            sample => Math.Max(sample.BestLoss, 1e-12)),
        AttentionLogitClaims.Sharpens(result),
        AttentionLogitClaims.Cold(result),
        AttentionLogitClaims.Analogy(result),
    ];

    /// <summary>Estimates of all kinds in both settings as bars.</summary>
    public static BarChart Bars(AttentionResult result, string title, Axis axis, Func<AttentionSample, double> value)
    {
        Func<IEnumerable<double>, Estimate> mean = axis.Scale == AxisScale.Logarithmic ? Estimate.GeometricMean : Estimate.Mean;
        IReadOnlyList<Estimate> All(bool isAnalogy) => [.. AttentionKind.All.Select(kind => mean(result.Of(kind, isAnalogy).Select(value)))];
        return ClaimPlots.Bars(
            title,
            "Means over seeds with 95 % intervals.",
            "Attention",
            [.. AttentionKind.All.Select(kind => kind.Name)],
            axis,
            (Trained, All(false)),
            (Analogy, All(true)));
    }

    private static MeasuredClaim Shift(AttentionResult result)
    {
        Estimate softmax = result.Mean(AttentionKind.Softmax, false, sample => sample.ShiftChange);
        double worst = result.Samples.Where(sample => sample.Kind.Normaliser == Tangents.AttentionNormaliser.Softmax).Max(sample => sample.ShiftChange);
        return new MeasuredClaim(
            "attention-common-shift",
            "A common shift of all keys changes nothing in softmax attention",
            "change of H when a vector of length 1 is added to every key, softmax T=1",
            softmax,
            result.Plan.Seeds,
            worst < 1e-10 ? ClaimVerdict.Holds : ClaimVerdict.Fails,
            string.Empty,
            LabWords.Text($"ReLU/n {LabWords.Number(result.Mean(AttentionKind.Relu, false, sample => sample.ShiftChange))}, linear/n {LabWords.Number(result.Mean(AttentionKind.Linear, false, sample => sample.ShiftChange))}"),
            Bars(result, "Change of the kernel under a common shift", ClaimPlots.Log("‖H − H₀‖/‖H₀‖"), sample => Math.Max(sample.ShiftChange, 1e-17)));
    }

    private static MeasuredClaim Scale(AttentionResult result)
    {
        Estimate softmax = result.GeometricMean(AttentionKind.Softmax, false, sample => sample.Growth);
        Estimate relu = result.Against(AttentionKind.Relu, false, sample => sample.Growth);
        Estimate linear = result.Against(AttentionKind.Linear, false, sample => sample.Growth);
        return new MeasuredClaim(
            "attention-scale",
            "Normalised attention keeps its kernel on one scale",
            LabWords.Text($"trace of H with logits {result.Plan.Growth:0} times as large over the trace without, softmax T=1"),
            softmax,
            result.Plan.Seeds,
            softmax.High < 2 ? ClaimVerdict.Holds : relu.High < 1 && linear.High < 1 ? ClaimVerdict.Conditional : ClaimVerdict.Fails,
            "compared with attention that is not normalised; the factor itself is not near 1",
            LabWords.Text($"ReLU/n grows by {LabWords.Number(result.GeometricMean(AttentionKind.Relu, false, sample => sample.Growth))}, linear/n by {LabWords.Number(result.GeometricMean(AttentionKind.Linear, false, sample => sample.Growth))}"),
            Bars(result, "Growth of the kernel with the logits", ClaimPlots.Log("trace over trace"), sample => sample.Growth));
    }

    /// <summary>A claim that softmax at T = 1 has less of something than ReLU/n and linear/n.</summary>
    private static MeasuredClaim Less(
        AttentionResult result,
        string id,
        string claim,
        string what,
        Func<AttentionSample, double> value,
        (string Name, Func<AttentionSample, double> Value)? shown = null)
    {
        (string name, Func<AttentionSample, double> display) = shown ?? (what, value);
        Estimate relu = result.Against(AttentionKind.Relu, false, value);
        Estimate linear = result.Against(AttentionKind.Linear, false, value);
        Estimate reluAnalogy = result.Against(AttentionKind.Relu, true, value);
        Estimate linearAnalogy = result.Against(AttentionKind.Linear, true, value);
        bool[] held = [relu.High < 1, linear.High < 1, reluAnalogy.High < 1, linearAnalogy.High < 1];
        string[] against = ["against ReLU/n", "against linear/n", "against ReLU/n with only queries and keys trained", "against linear/n with only queries and keys trained"];
        return new MeasuredClaim(
            id,
            claim,
            $"{name}, softmax T=1 divided by ReLU/n",
            result.Against(AttentionKind.Relu, false, display),
            result.Plan.Seeds,
            held.All(one => one) ? ClaimVerdict.Holds : held.Any(one => one) ? ClaimVerdict.Conditional : ClaimVerdict.Fails,
            "measured " + string.Join(", or ", against.Where((_, i) => held[i])),
            LabWords.Text($"against linear/n {LabWords.Number(result.Against(AttentionKind.Linear, false, display))}; with only queries and keys trained {LabWords.Number(result.Against(AttentionKind.Relu, true, display))} and {LabWords.Number(result.Against(AttentionKind.Linear, true, display))}"),
            Bars(result, LabWords.Text($"{char.ToUpperInvariant(name[0])}{name[1..]}"), ClaimPlots.Log(name), display));
    }
}
