namespace Kelvin.Cli.Lab.Attention;

/// <summary>The first chapter of Jane Austen's Emma in 27 characters: 0 for all that is no letter, 1 to 26 for the letters.</summary>
internal static class EmmaText
{
    public static byte[] Read()
    {
        using Stream stream = typeof(EmmaText).Assembly.GetManifestResourceStream("data/emma-chapter-1.txt")!;
        using var reader = new StreamReader(stream);
        List<byte> text = [];
        foreach (char character in reader.ReadToEnd())
        {
            byte token = char.IsAsciiLetter(character) ? (byte)(char.ToLowerInvariant(character) - 'a' + 1) : (byte)0;
            if (token != 0 || (text.Count > 0 && text[^1] != 0))
                text.Add(token);
        }

        return [.. text];
    }

    public static bool IsVowel(byte token) => "aeiou".Contains((char)('a' + token - 1), StringComparison.Ordinal);
}
