namespace Kelvin.Transformers.Tokenizers;

/// <summary>Finds added tokens in a text: from left to right, at each place the longest.</summary>
internal sealed class AddedTokenSearch
{
    private readonly ILookup<char, (string Content, AddedToken Token)> _byFirst;

    /// <param name="tokens">Each with the text to look for, which is not empty.</param>
    public AddedTokenSearch(IEnumerable<(string Content, AddedToken Token)> tokens) =>
        _byFirst = tokens.OrderByDescending(entry => entry.Content.Length).ToLookup(entry => entry.Content[0]);

    /// <summary>The text in order, cut into found tokens and, with a null token, what lies between; no part is empty.</summary>
    public IEnumerable<(Range Place, AddedToken? Token)> Cut(string text)
    {
        int last = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (At(text, i) is not { } found)
                continue;

            int end = i + found.Content.Length;
            int start = found.Token.TakesLeft ? SpaceBefore(text, last, i) : i;
            if (found.Token.TakesRight)
                end = SpaceAfter(text, end);
            if (start > last)
                yield return (last..start, null);
            yield return (start..end, found.Token);
            last = end;
            i = end - 1;
        }

        if (last < text.Length)
            yield return (last..text.Length, null);
    }

    private (string Content, AddedToken Token)? At(string text, int index)
    {
        foreach ((string content, AddedToken token) in _byFirst[text[index]])
        {
            if (string.CompareOrdinal(text, index, content, 0, content.Length) == 0)
                return token.IsWord && !StandsAlone(text, index, index + content.Length) ? null : (content, token);
        }

        return null;
    }

    private static bool StandsAlone(string text, int start, int end) =>
        (start == 0 || !IsWordPart(text[start - 1])) && (end == text.Length || !IsWordPart(text[end]));

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static int SpaceBefore(string text, int from, int start)
    {
        while (start > from && char.IsWhiteSpace(text[start - 1]))
            start--;
        return start;
    }

    private static int SpaceAfter(string text, int end)
    {
        while (end < text.Length && char.IsWhiteSpace(text[end]))
            end++;
        return end;
    }
}
