namespace Kelvin.Inspection;

/// <summary>Where one head looks: queries downwards, keys to the right.</summary>
/// <param name="Layer">Number of the layer, from 0.</param>
/// <param name="Head">Number of the head, from 0.</param>
/// <param name="Tokens">Tokens a cell stands for in each direction; 1 unless the text is long.</param>
/// <param name="Size">Cells in each direction.</param>
/// <param name="Cells">Row by row: the attention that the keys of a cell get together, averaged over its queries; NaN where no query sees a key.</param>
public sealed record AttentionPattern(int Layer, int Head, int Tokens, int Size, IReadOnlyList<double> Cells);
