using System.Globalization;
using System.Text;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>What a vocabulary does with characters it lacks: their bytes, one token for all, or a clear error.</summary>
/// <param name="vocabulary">Every token with its id.</param>
/// <param name="unknown">Token for what is unknown; null if there is none.</param>
/// <param name="usesBytes">True to spell unknown characters in the tokens <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>.</param>
internal sealed class UnknownCharacter(IReadOnlyDictionary<string, int> vocabulary, int? unknown, bool usesBytes)
{
    /// <summary>The ids of the UTF-8 bytes of a text; null if bytes are not used or one has no token.</summary>
    public int[]? Bytes(ReadOnlySpan<char> text)
    {
        if (!usesBytes)
            return null;

        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        int[] ids = new int[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!vocabulary.TryGetValue(ByteToken(bytes[i]), out ids[i]))
                return null;
        }

        return ids;
    }

    /// <summary>The token for what is unknown.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public int Token(ReadOnlySpan<char> text)
    {
        if (unknown is { } id)
            return id;

        string codes = string.Join(' ', text.ToString().EnumerateRunes().Select(rune => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}")));
        throw new ArgumentException(
            $"text holds '{text}' ({codes} as the vocabulary spells it), but the vocabulary has no such token, no byte fallback and no unknown token: "
            + "leave it out, or use a tokenizer that can spell it.", nameof(text));
    }

    public static string ByteToken(byte value) => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>");
}
