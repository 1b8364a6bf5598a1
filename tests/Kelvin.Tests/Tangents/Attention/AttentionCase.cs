using CsCheck;
using Kelvin.Tangents;

namespace Kelvin.Tests.Tangents.Attention;

/// <summary>Small layers with sequences for them.</summary>
internal static class AttentionCase
{
    public static Gen<SequenceAttentionOptions> Options { get; } =
        Gen.Select(
            Gen.Int[1, 5],
            Gen.Int[1, 6],
            Gen.Int[1, 5],
            Gen.Enum<AttentionNormaliser>(),
            Gen.Int[-1, 1].Select(power => Math.Pow(4, power)),
            Gen.Enum<AttentionTraining>(),
            (vocabulary, length, width, normaliser, temperature, training) => new SequenceAttentionOptions
            {
                Vocabulary = vocabulary,
                Length = length,
                Width = width,
                Normaliser = normaliser,
                Temperature = temperature,
                Training = training,
                OutputScale = 1.5,
            });

    /// <summary>A layer whose key bias is not 0.</summary>
    public static SequenceAttention Layer(SequenceAttentionOptions options, int seed)
    {
        SequenceAttention layer = SequenceAttention.Create(options, seed);
        layer.KeyBias.Span.Fill(0.3);
        return layer;
    }

    public static SequenceSet Set(SequenceAttentionOptions options, int count, int seed)
    {
        var random = new Random(seed);
        int[] tokens = [.. Enumerable.Range(0, count * options.Length).Select(_ => random.Next(options.Vocabulary))];
        double[] targets = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        return new SequenceSet(tokens, targets);
    }
}
