using System.Globalization;
using System.Text;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>What the tokens of a vocabulary spell.</summary>
internal sealed record TokenDecoder
{
    /// <summary>True if tokens are spelt in the <see cref="ByteAlphabet"/>.</summary>
    public bool IsByteLevel { get; init; }

    /// <summary>True if <c>&lt;0x41&gt;</c> stands for its byte.</summary>
    public bool HasByteTokens { get; init; }

    /// <summary>Texts to put in the place of others, in order.</summary>
    public IReadOnlyList<(string Old, string New)> Replacements { get; init; } = [];

    /// <summary>The mark that is dropped from the first token, where it stands for no space; null for none.</summary>
    public string? FirstMark { get; init; }

    /// <summary>What stands between tokens.</summary>
    public string Separator { get; init; } = "";

    /// <summary>The character that the whole text loses at its start.</summary>
    public char Stripped { get; init; }

    /// <summary>How many of them it loses at most.</summary>
    public int StripCount { get; init; }

    /// <summary>The bytes of a token: parts of characters, perhaps.</summary>
    public byte[] Bytes(string token, bool isFirst)
    {
        if (HasByteTokens && ByteOf(token) is { } value)
            return [value];
        if (IsByteLevel)
            return ByteAlphabet.Bytes(token);

        string text = isFirst ? token : Separator + token;
        if (isFirst && FirstMark is not null)
            text = text.Replace(FirstMark, "", StringComparison.Ordinal);
        foreach ((string old, string replacement) in Replacements)
            text = text.Replace(old, replacement, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text);
    }

    private static byte? ByteOf(string token) =>
        token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
        && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value)
            ? value
            : null;
}
