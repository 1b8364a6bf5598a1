using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Kelvin.Transformers.Training;

/// <summary>Sequences of tokens, all of one length, each token with the one that should follow it.</summary>
/// <remarks>A label below 0 asks for nothing: the token is read, but not scored.</remarks>
public sealed class TokenSet
{
    private readonly ReadOnlyMemory<int> _tokens;
    private readonly ReadOnlyMemory<int> _labels;
    private readonly bool _isText;

    private TokenSet(ReadOnlyMemory<int> tokens, ReadOnlyMemory<int> labels, int length, int count, bool isText)
    {
        (_tokens, _labels, Length, Count, _isText) = (tokens, labels, length, count, isText);
        foreach (int token in tokens.Span)
            Require.That(token >= 0, $"tokens holds {token}, but a token must be at least 0.", nameof(tokens));
        foreach (int token in tokens.Span)
            Largest = Math.Max(Largest, token);
        foreach (int label in labels.Span)
            Largest = Math.Max(Largest, label);
    }

    /// <summary>Tokens in a sequence.</summary>
    public int Length { get; }

    /// <summary>Number of sequences in one pass.</summary>
    public int Count { get; }

    /// <summary>The largest token or label; a model needs a vocabulary above it.</summary>
    public int Largest { get; }

    /// <summary>A running text, cut into sequences end to end; each pass cuts it at other places.</summary>
    /// <param name="tokens">At least <paramref name="length"/> + 1. Not copied.</param>
    /// <param name="length">Tokens in a sequence, ≥ 1.</param>
    public static TokenSet OfText(ReadOnlyMemory<int> tokens, int length)
    {
        Require.Positive(length);
        Require.That(
            tokens.Length > length,
            $"The text has {tokens.Length} tokens, but must have at least {length + 1} for one sequence of {length}; give more text or shorten the sequences.",
            nameof(tokens));
        int count = Math.Max(1, (tokens.Length - length) / length);
        return new TokenSet(tokens[..^1], tokens[1..], length, count, isText: true);
    }

    /// <summary>Sequences that stand for themselves, one after another, with labels of their own.</summary>
    /// <param name="tokens">Count × length tokens. Not copied.</param>
    /// <param name="labels">For each the token that should follow, or −1. Each sequence has at least one. Not copied.</param>
    /// <param name="length">Tokens in a sequence, ≥ 1; fill short ones up with any token and labels of −1.</param>
    public static TokenSet OfSequences(ReadOnlyMemory<int> tokens, ReadOnlyMemory<int> labels, int length)
    {
        Require.Positive(length);
        Require.That(
            tokens.Length > 0 && tokens.Length % length == 0, $"There are {tokens.Length} tokens, but sequences of {length}; fill the last one up.", nameof(tokens));
        Require.Length(labels.Span, tokens.Length);
        for (int start = 0; start < labels.Length; start += length)
        {
            Require.That(
                labels.Span.Slice(start, length).ContainsAnyInRange(0, int.MaxValue),
                $"Sequence {start / length} has no label, but must have at least one; leave it out.",
                nameof(labels));
        }

        return new TokenSet(tokens, labels, length, tokens.Length / length, isText: false);
    }

    /// <summary>Copies a sequence and its labels, both of shape [<see cref="Length"/>].</summary>
    /// <param name="index">From 0 to Count − 1.</param>
    /// <param name="shift">Moves where a text is cut; any number.</param>
    /// <param name="tokens">Gets the sequence.</param>
    /// <param name="labels">Gets its labels.</param>
    /// <returns>How many tokens reach to the last that is scored; those behind it change no loss.</returns>
    internal int Copy(int index, int shift, Span<int> tokens, Span<int> labels)
    {
        int start = (index * Length) + (_isText ? (int)((uint)shift % (uint)(Math.Min(_tokens.Length - (Count * Length), Length - 1) + 1)) : 0);
        _tokens.Span.Slice(start, Length).CopyTo(tokens);
        _labels.Span.Slice(start, Length).CopyTo(labels);
        return labels[..Length].LastIndexOfAnyInRange(0, int.MaxValue) + 1;
    }

    internal void AppendTo(IncrementalHash hash)
    {
        hash.AppendData(MemoryMarshal.AsBytes<int>([Length, Count, _isText ? 1 : 0]));
        hash.AppendData(MemoryMarshal.AsBytes(_tokens.Span));
        hash.AppendData(MemoryMarshal.AsBytes(_labels.Span));
    }
}
