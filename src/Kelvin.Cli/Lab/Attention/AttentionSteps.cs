using Kelvin.Tangents;

namespace Kelvin.Cli.Lab.Attention;

/// <summary>The largest stable step of gradient descent by doubling and bisection, in multiples of 2/λ_max at the start.</summary>
/// <remarks>A step is stable if within the budget it reaches 20 % of the loss or, where that is not within a safe step's reach, what ¼ · 2/λ_max reaches.</remarks>
internal static class AttentionSteps
{
    private const double Safe = 0.25;
    private const double Most = 256;
    private const int Bisections = 4;

    public static (double Largest, double BestLoss) Find(SequenceAttention layer, SequenceSet set, double stableStep, int budget, CancellationToken cancellationToken)
    {
        double safe = End(Safe);
        double target = Math.Max(0.2, safe);
        double best = safe;
        double low = Safe;
        double high = 2 * Safe;
        while (high <= Most && IsStable(high))
            (low, high) = (high, 2 * high);
        for (int i = 0; i < Bisections && high <= Most; i++)
        {
            double middle = Math.Sqrt(low * high);
            if (IsStable(middle))
                low = middle;
            else
                high = middle;
        }

        return (low, best);

        bool IsStable(double multiple)
        {
            double end = End(multiple);
            best = Math.Min(best, end);
            return end <= target;
        }

        double End(double multiple)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<double> losses = AttentionTangents.Descend(layer.With(layer.Options), set, multiple * stableStep, budget);
            return losses.Count > budget && double.IsFinite(losses[^1]) ? losses[^1] / losses[0] : double.PositiveInfinity;
        }
    }
}
