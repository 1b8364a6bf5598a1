using System.Runtime.InteropServices;
using Kelvin.Transformers.Decoding;

namespace Kelvin.Transformers.Generation;

/// <summary>Means over the tokens of one or more generated sequences: how sure the model was, what was drawn from, and how much repeats.</summary>
/// <remarks>Entropies and likelihoods in nats. NaN where there are no tokens. Tokens at T = +∞, where a target is out of reach, are in every mean but that of T.</remarks>
public sealed record GenerationQuality
{
    private const int RepeatedLength = 4;

    /// <summary>Tokens counted.</summary>
    public int Tokens { get; private init; }

    /// <summary>Mean of −log p of the tokens under softmax(z): the text's NLL a token under the model itself.</summary>
    public double NegativeLogLikelihood { get; private init; }

    /// <summary>Mean H of softmax(z), the model's own rows.</summary>
    public double RawEntropy { get; private init; }

    /// <summary>Mean H of the distributions drawn from.</summary>
    public double ScaledEntropy { get; private init; }

    /// <summary>Standard deviation of the H drawn from, over tokens; 0 means every token was as free as every other.</summary>
    public double ScaledEntropyDeviation { get; private init; }

    /// <summary>Mean T, over the tokens with a finite one.</summary>
    public double Temperature { get; private init; }

    /// <summary>Share, 0 to 1, of runs of four tokens that had come before in the same sequence. Source: the rep-n of Welleck et al., arXiv 1908.04319.</summary>
    public double Repetition { get; private init; }

    /// <summary>Tokens at which no temperature gave what the policy was asked for.</summary>
    public int Unreachable { get; private init; }

    /// <summary>Mean of |H − <paramref name="target"/>| over the tokens that could reach it, in nats; NaN if none could.</summary>
    public static double MeanDeviation(IEnumerable<GeneratedSequence> sequences, double target) => Reached(sequences)
        .Select(token => Math.Abs(token.ScaledEntropy - target)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Measures sequences together.</summary>
    public static GenerationQuality Of(params IReadOnlyCollection<GeneratedSequence> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        SampledToken[] tokens = [.. All(sequences)];
        double entropy = Mean(tokens.Select(token => token.ScaledEntropy));
        return new GenerationQuality
        {
            Tokens = tokens.Length,
            NegativeLogLikelihood = Mean(tokens.Select(token => -token.RawLogProbability)),
            RawEntropy = Mean(tokens.Select(token => token.Raw.Entropy)),
            ScaledEntropy = entropy,
            ScaledEntropyDeviation = Math.Sqrt(Mean(tokens.Select(token => (token.ScaledEntropy - entropy) * (token.ScaledEntropy - entropy)))),
            Temperature = Mean(tokens.Select(token => token.Choice.Temperature).Where(double.IsFinite)),
            Repetition = RepeatedShare(sequences),
            Unreachable = tokens.Count(token => !token.Choice.IsReached),
        };
    }

    private static IEnumerable<SampledToken> All(IEnumerable<GeneratedSequence> sequences) =>
        sequences.SelectMany(sequence => sequence.Tokens).Select(token => token.Sampled);

    private static IEnumerable<SampledToken> Reached(IEnumerable<GeneratedSequence> sequences) => All(sequences).Where(token => token.Choice.IsReached);

    private static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Average();

    private static double RepeatedShare(IEnumerable<GeneratedSequence> sequences)
    {
        (int repeated, int all) = (0, 0);
        foreach (GeneratedSequence sequence in sequences)
        {
            int[] tokens = [.. sequence.Tokens.Select(token => token.Sampled.Token)];
            var seen = new HashSet<Int128>();
            for (int start = 0; start + RepeatedLength <= tokens.Length; start++, all++)
            {
                Int128 run = MemoryMarshal.Read<Int128>(MemoryMarshal.AsBytes(tokens.AsSpan(start, RepeatedLength)));
                repeated += seen.Add(run) ? 0 : 1;
            }
        }

        return all == 0 ? double.NaN : (double)repeated / all;
    }
}
