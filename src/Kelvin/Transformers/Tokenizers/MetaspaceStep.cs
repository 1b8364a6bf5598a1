namespace Kelvin.Transformers.Tokenizers;

/// <summary>Writes spaces as a visible mark and cuts before each: <c>Metaspace</c>.</summary>
internal sealed class MetaspaceStep(char mark, PrefixPolicy prefix, bool isSplit) : IPieceStep
{
    public IEnumerable<Piece> Apply(Piece piece)
    {
        string text = piece.Text.Replace(' ', mark);
        bool hasPrefix = prefix == PrefixPolicy.Always || (prefix == PrefixPolicy.First && piece.IsFirst);
        if (hasPrefix && text[0] != mark)
            text = mark + text;
        if (!isSplit)
        {
            yield return piece with { Text = text };
            yield break;
        }

        int start = 0;
        while (start < text.Length)
        {
            int next = text.IndexOf(mark, start + 1);
            int end = next < 0 ? text.Length : next;
            yield return new Piece(text[start..end], piece.IsFirst && start == 0);
            start = end;
        }
    }
}
