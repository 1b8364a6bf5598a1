using System.Text;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>The alphabet of byte-level tokenizers: a printable character for each of the 256 bytes.</summary>
/// <remarks>
/// Bytes 33–126, 161–172 and 174–255 are their own Latin-1 character; the other 68 are, in order, the characters from U+0100 on.
/// Source: A. Radford et al., the encoder of GPT-2, 2019.
/// </remarks>
internal static class ByteAlphabet
{
    private const int FirstSubstitute = 0x100;

    private static readonly char[] CharacterOf = Characters();
    private static readonly Dictionary<char, byte> ByteOf = Enumerable.Range(0, 256).ToDictionary(value => CharacterOf[value], value => (byte)value);

    public static char Character(byte value) => CharacterOf[value];

    /// <summary>The UTF-8 bytes of a text, each as its character.</summary>
    public static string Spell(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return string.Create(bytes.Length, bytes, static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = CharacterOf[from[i]];
        });
    }

    /// <summary>The bytes that a token spells; its own UTF-8 if a character of it stands for no byte.</summary>
    public static byte[] Bytes(string token)
    {
        byte[] bytes = new byte[token.Length];
        for (int i = 0; i < token.Length; i++)
        {
            if (!ByteOf.TryGetValue(token[i], out bytes[i]))
                return Encoding.UTF8.GetBytes(token);
        }

        return bytes;
    }

    private static char[] Characters()
    {
        char[] characters = new char[256];
        int substitutes = 0;
        for (int value = 0; value < characters.Length; value++)
        {
            bool isPrintable = value is >= 33 and <= 126 or >= 161 and <= 172 or >= 174;
            characters[value] = (char)(isPrintable ? value : FirstSubstitute + substitutes++);
        }

        return characters;
    }
}
