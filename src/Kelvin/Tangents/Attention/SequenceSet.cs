namespace Kelvin.Tangents;

/// <summary>Sequences of tokens with a target each.</summary>
public sealed class SequenceSet
{
    private readonly int[] _tokens;
    private readonly double[] _targets;

    /// <summary>Keeps the tokens and targets, in a copy.</summary>
    /// <param name="tokens">Sequence after sequence, shape N × length; from 0.</param>
    /// <param name="targets">Y, shape [N], N ≥ 1.</param>
    /// <exception cref="ArgumentException">There is no sequence, or the tokens do not divide into as many as there are targets.</exception>
    public SequenceSet(ReadOnlySpan<int> tokens, ReadOnlySpan<double> targets)
    {
        Require.NotEmpty(targets);
        Require.That(
            !tokens.IsEmpty && tokens.Length % targets.Length == 0,
            FormattableString.Invariant($"{tokens.Length} tokens do not make {targets.Length} sequences of one length."),
            nameof(tokens));
        _tokens = tokens.ToArray();
        _targets = targets.ToArray();
    }

    /// <summary>N.</summary>
    public int Count => _targets.Length;

    /// <summary>Tokens of a sequence.</summary>
    public int Length => _tokens.Length / _targets.Length;

    /// <summary>Y, shape [N].</summary>
    public ReadOnlyMemory<double> Targets => _targets;

    /// <summary>The tokens of a sequence.</summary>
    /// <param name="index">From 0.</param>
    public ReadOnlySpan<int> Sequence(int index) => _tokens.AsSpan(index * Length, Length);

    internal void Check(SequenceAttentionOptions options, string name)
    {
        Require.That(Length == options.Length, FormattableString.Invariant($"The sequences have length {Length}, but must have length {options.Length}."), name);
        foreach (int token in _tokens)
            Require.Index(token, options.Vocabulary, name);
    }
}
