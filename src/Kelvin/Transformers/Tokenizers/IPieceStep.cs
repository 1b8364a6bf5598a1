namespace Kelvin.Transformers.Tokenizers;

/// <summary>A step that rewrites or splits pieces before the vocabulary sees them.</summary>
internal interface IPieceStep
{
    /// <summary>What becomes of one piece: any number of pieces in order, none of them empty.</summary>
    IEnumerable<Piece> Apply(Piece piece);
}
