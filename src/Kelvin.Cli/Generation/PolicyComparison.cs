using Kelvin.Cli.Frame;
using Kelvin.Transformers.Generation;

namespace Kelvin.Cli.Generation;

/// <summary>Sets a policy beside the fixed temperature whose texts have the same mean entropy, and beside T = 1.</summary>
/// <remarks>That temperature is found by bisection over whole generations with the same seeds; the mean entropy of texts need not rise with T at every seed, so what was reached is shown.</remarks>
internal static class PolicyComparison
{
    private const int Bisections = 12;
    private const double LargestTemperature = 20;
    private const double CloseEnough = 0.005;

    public static IReadOnlyList<ComparedPolicy> Of(CliHost host, GenerationResult result, CancellationToken cancellationToken)
    {
        ComparedPolicy asked = ComparedPolicy.Of(result.Plan.Policy.Words, result.Sequences);
        ComparedPolicy one = Fixed(host, result.Plan, 1, cancellationToken);
        return [asked, OfEqualEntropy(host, result.Plan, asked.Quality.ScaledEntropy, one, cancellationToken), one];
    }

    private static ComparedPolicy OfEqualEntropy(CliHost host, GenerationPlan plan, double entropy, ComparedPolicy one, CancellationToken cancellationToken)
    {
        (double low, double high) = one.Quality.ScaledEntropy < entropy ? (1, LargestTemperature) : (0, 1);
        ComparedPolicy best = one;
        for (int i = 0; i < Bisections && Distance(best) > CloseEnough * entropy; i++)
        {
            double middle = low == 0 ? high / 2 : Math.Sqrt(low * high);
            ComparedPolicy tried = Fixed(host, plan, middle, cancellationToken);
            (low, high) = tried.Quality.ScaledEntropy < entropy ? (middle, high) : (low, middle);
            if (Distance(tried) < Distance(best))
                best = tried;
        }

        return best with { Words = $"{best.Words}, equal mean entropy" };

        double Distance(ComparedPolicy policy) => Math.Abs(policy.Quality.ScaledEntropy - entropy);
    }

    private static ComparedPolicy Fixed(CliHost host, GenerationPlan plan, double temperature, CancellationToken cancellationToken)
    {
        PolicyChoice policy = PolicyChoice.Fixed(temperature);
        GeneratedSequence[] sequences = GenerationRun.Generate(host, plan, policy, show: null, cancellationToken);
        return ComparedPolicy.Of(policy.Words, sequences);
    }
}
