namespace Kelvin.Transformers.Tokenizers;

/// <summary>Spells a piece in the alphabet of bytes: <c>ByteLevel</c>.</summary>
/// <param name="addsSpace">True to put a space before a piece that has none.</param>
/// <param name="split">How to cut the piece first; null for not at all.</param>
internal sealed class ByteLevelStep(bool addsSpace, PatternStep? split) : IPieceStep
{
    /// <summary>GPT-2's own way to cut a text into words.</summary>
    public const string Words = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public IEnumerable<Piece> Apply(Piece piece)
    {
        Piece spaced = addsSpace && piece.Text[0] != ' ' ? piece with { Text = " " + piece.Text } : piece;
        IEnumerable<Piece> words = split is null ? [spaced] : split.Apply(spaced);
        return words.Select(word => word with { Text = ByteAlphabet.Spell(word.Text) });
    }
}
