using System.Text.RegularExpressions;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>Cuts a piece at the matches of a regular expression: <c>Split</c>, <c>Digits</c> and the words of <c>ByteLevel</c>.</summary>
/// <param name="pattern">The expression.</param>
/// <param name="keepsMatches">True if what matches becomes pieces.</param>
/// <param name="keepsRest">True if what lies between matches becomes pieces.</param>
/// <param name="file">What to call the tokenizer's file in an error.</param>
internal sealed class PatternStep(Regex pattern, bool keepsMatches, bool keepsRest, string file) : IPieceStep
{
    public IEnumerable<Piece> Apply(Piece piece)
    {
        var pieces = new List<Piece>();
        CategoryShadow shadow = CategoryShadow.Of(piece.Text);
        int last = 0;
        try
        {
            for (Match match = pattern.Match(shadow.Text); match.Success; match = match.NextMatch())
            {
                if (match.Length == 0)
                    continue;
                int start = shadow.Original(match.Index);
                int end = shadow.Original(match.Index + match.Length);
                Add(pieces, piece, last, start, keepsRest);
                Add(pieces, piece, start, end, keepsMatches);
                last = end;
            }
        }
        catch (RegexMatchTimeoutException fault)
        {
            throw new ModelFileException(file, null, $"The pre-tokenizer's pattern {pattern} takes too long on this text.", "Use a tokenizer with a simpler pattern.", fault);
        }

        Add(pieces, piece, last, piece.Text.Length, keepsRest);
        return pieces;
    }

    private static void Add(List<Piece> pieces, Piece whole, int start, int end, bool isKept)
    {
        if (isKept && end > start)
            pieces.Add(new Piece(whole.Text[start..end], whole.IsFirst && start == 0));
    }
}
