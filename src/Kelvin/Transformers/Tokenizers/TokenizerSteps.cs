namespace Kelvin.Transformers.Tokenizers;

/// <summary>What happens to a text around the vocabulary.</summary>
/// <param name="Normalizers">Rewrite the text.</param>
/// <param name="Cutters">Cut it into pieces.</param>
/// <param name="Before">Tokens that the template puts before a text.</param>
/// <param name="After">Tokens that it puts after.</param>
internal sealed record TokenizerSteps(
    IReadOnlyList<IPieceStep> Normalizers, IReadOnlyList<IPieceStep> Cutters, IReadOnlyList<int> Before, IReadOnlyList<int> After)
{
    /// <summary>The text after all normalisers.</summary>
    public string Normalize(string text) => string.Concat(Normalize(new Piece(text, true)).Select(piece => piece.Text));

    public IEnumerable<Piece> Normalize(Piece piece) => Apply(Normalizers, piece);

    public IEnumerable<Piece> Cut(Piece piece) => Apply(Cutters, piece);

    private static IEnumerable<Piece> Apply(IReadOnlyList<IPieceStep> steps, Piece piece)
    {
        IEnumerable<Piece> pieces = [piece];
        foreach (IPieceStep step in steps)
            pieces = pieces.SelectMany(step.Apply);
        return pieces;
    }
}
