namespace Kelvin.Transformers.Tokenizers;

/// <summary>Puts a text before the piece: <c>Prepend</c>.</summary>
internal sealed class PrependStep(string prefix) : IPieceStep
{
    public IEnumerable<Piece> Apply(Piece piece) => [piece with { Text = prefix + piece.Text }];
}
