namespace Kelvin.Transformers.Tokenizers;

/// <summary>Puts one text in the place of another: <c>Replace</c>.</summary>
internal sealed class ReplaceStep(string old, string replacement) : IPieceStep
{
    public IEnumerable<Piece> Apply(Piece piece)
    {
        string text = piece.Text.Replace(old, replacement, StringComparison.Ordinal);
        return text.Length == 0 ? [] : [piece with { Text = text }];
    }
}
