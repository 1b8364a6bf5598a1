namespace Kelvin.Cli.Frame;

/// <summary>Breaks text into lines of a width, at blanks.</summary>
/// <remarks>
/// <para>A number keeps its unit and a relation its two sides: no line begins with %, × or =, and none ends with =.</para>
/// <para>What a line begins with, blanks, its further lines begin with too. A word longer than a line is cut.</para>
/// </remarks>
internal static class TextLines
{
    private static readonly string[] Units = ["%", "×", "s", "min", "h", "nat", "nats"];
    private static readonly string[] Relations = ["=", "<", ">", "≤", "≥", "≲"];

    /// <summary>The lines, without blanks at their ends.</summary>
    /// <param name="text">Text; its own line breaks stay.</param>
    /// <param name="width">Columns, at least 1.</param>
    public static IEnumerable<string> Of(string text, int width) => text.Split('\n').SelectMany(line => Wrap(line, width));

    private static IEnumerable<string> Wrap(string text, int width)
    {
        int indent = text.Length - text.TrimStart(' ').Length;
        if (indent >= width)
            indent = 0;
        string margin = new(' ', indent);
        string line = margin;
        foreach (string piece in Pieces(text[indent..]))
        {
            string rest = piece;
            if (line.Length > indent && line.Length + rest.TrimEnd().Length > width)
            {
                yield return line.TrimEnd();
                line = margin;
                rest = rest.TrimStart();
            }

            while (line.Length + rest.TrimEnd().Length > width)
            {
                int room = width - line.Length;
                yield return (line + rest[..room]).TrimEnd();
                line = margin;
                rest = rest[room..].TrimStart();
            }

            line += rest;
        }

        yield return line.TrimEnd();
    }

    /// <summary>Words with the blanks after them; what belongs together is one.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        int start = 0;
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i - 1] != ' ' || text[i] == ' ' || Belongs(text, i))
                continue;
            yield return text[start..i];
            start = i;
        }

        yield return text[start..];
    }

    /// <summary>Whether the word that begins here belongs to the one before it.</summary>
    private static bool Belongs(string text, int at)
    {
        string before = text[..at].TrimEnd(' ');
        before = before[(before.LastIndexOf(' ') + 1)..];
        int end = text.IndexOf(' ', at);
        string word = (end < 0 ? text[at..] : text[at..end]).TrimEnd('.', ',', ';', ':', ')', ']');
        bool isUnit = Units.Contains(word, StringComparer.Ordinal) && before.Length > 0 && char.IsDigit(before.TrimEnd(']', ')')[^1]);
        return isUnit || Relations.Contains(word, StringComparer.Ordinal) || Relations.Contains(before, StringComparer.Ordinal);
    }
}
