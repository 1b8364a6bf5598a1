using Kelvin.Cli.Frame;
using Kelvin.Cli.Lab.Claims;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Lab.Attention;

/// <summary>What the tangent kernel at the start promises about the training of softmax attention.</summary>
internal static class AttentionTrainingClaims
{
    public static MeasuredClaim Predicted(AttentionResult result) => Judge(
        result,
        "attention-predicted",
        "The kernel at the start predicts the training of softmax attention",
        "largest ‖u − û‖/‖u₀‖ on the way, softmax T=1, everything trained",
        "‖u − û‖/‖u₀‖",
        sample => sample.Points.Max(point => point.PredictionError),
        estimate => estimate.High < 0.05);

    public static MeasuredClaim SafeStep(AttentionResult result) => Judge(
        result,
        "attention-safe-step",
        "A step below 2/λ_max of the start is safe in softmax attention",
        "largest λ_max on the way over λ_max at the start, softmax T=1, everything trained",
        "λ_max over its start",
        sample => sample.Points.Max(point => point.Largest),
        estimate => estimate.High < 1.1);

    public static MeasuredClaim Smallest(AttentionResult result) => Judge(
        result,
        "attention-smallest",
        "The smallest eigenvalue of softmax attention stays away from 0",
        "smallest λ_min on the way over λ_min at the start, softmax T=1, everything trained",
        "λ_min over its start",
        sample => sample.Points.Min(point => point.Smallest),
        estimate => estimate.Low > 0.5);

    private static MeasuredClaim Judge(
        AttentionResult result, string id, string claim, string how, string quantity, Func<AttentionSample, double> value, Func<Estimate, bool> holds)
    {
        Estimate everything = result.Mean(AttentionKind.Softmax, false, value);
        Estimate analogy = result.Mean(AttentionKind.Softmax, true, value);
        (bool inAll, bool inAnalogy) = (holds(everything), holds(analogy));
        return new MeasuredClaim(
            id,
            claim,
            how,
            everything,
            result.Plan.Seeds,
            inAll && inAnalogy ? ClaimVerdict.Holds : inAll || inAnalogy ? ClaimVerdict.Conditional : ClaimVerdict.Fails,
            inAll ? "everything is trained" : "only queries and keys are trained",
            LabWords.Text($"with only queries and keys trained {LabWords.Number(analogy)}; ReLU/n {LabWords.Number(result.Mean(AttentionKind.Relu, false, value))}, linear/n {LabWords.Number(result.Mean(AttentionKind.Linear, false, value))}"),
            AttentionClaims.Bars(result, claim, new Axis(quantity), value));
    }
}
