namespace Kelvin.Reports.Html;

/// <summary>Writes longer texts: paragraphs, **strong** and `code`; everything else is literal.</summary>
internal static class Inline
{
    /// <summary>Writes one paragraph for each stretch between empty lines.</summary>
    public static void Paragraphs(HtmlWriter html, string text, string? style = null)
    {
        foreach (string paragraph in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            html.Open("p", ("class", style));
            Write(html, paragraph);
            html.Close().Line();
        }
    }

    /// <summary>Writes text with its marks. A mark without its partner is literal. No line breaks before a percent or times sign.</summary>
    public static void Write(HtmlWriter html, string text)
    {
        text = Kept(text);
        int at = 0;
        while (at < text.Length)
        {
            (int start, string mark) = Next(text, at);
            int end = start < 0 ? -1 : text.IndexOf(mark, start + mark.Length, StringComparison.Ordinal);
            if (end <= start + mark.Length)
            {
                int rest = start < 0 ? text.Length : start + mark.Length;
                html.Text(text[at..rest]);
                at = rest;
                continue;
            }

            html.Text(text[at..start]).Element(mark == "`" ? "code" : "strong", text[(start + mark.Length)..end]);
            at = end + mark.Length;
        }
    }

    /// <summary>The text with numbers kept with a percent or times sign that follows them.</summary>
    public static string Kept(string text) => text.Replace(" %", "\u00A0%", StringComparison.Ordinal).Replace(" ×", "\u00A0×", StringComparison.Ordinal);

    private static (int Start, string Mark) Next(string text, int from)
    {
        int strong = text.IndexOf("**", from, StringComparison.Ordinal);
        int code = text.IndexOf('`', from);
        return code >= 0 && (strong < 0 || code < strong) ? (code, "`") : (strong, "**");
    }
}
