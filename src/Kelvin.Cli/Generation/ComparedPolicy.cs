using Kelvin.Statistics;
using Kelvin.Transformers.Generation;

namespace Kelvin.Cli.Generation;

/// <summary>What one policy generates, measured.</summary>
/// <param name="Words">What to call it.</param>
/// <param name="Quality">Means over all its tokens.</param>
/// <param name="LikelihoodInterval">Student's 95 % interval of the NLL a token over sequences; NaN for one sequence.</param>
internal sealed record ComparedPolicy(string Words, GenerationQuality Quality, Interval LikelihoodInterval)
{
    public static ComparedPolicy Of(string words, IReadOnlyList<GeneratedSequence> sequences)
    {
        double[] each = [.. sequences.Where(sequence => sequence.Tokens.Count > 0).Select(sequence => GenerationQuality.Of(sequence).NegativeLogLikelihood)];
        return new ComparedPolicy(words, GenerationQuality.Of([.. sequences]), each.Length > 1 ? MeanInterval.StudentT(each) : new Interval(double.NaN, double.NaN, 0.95));
    }
}
