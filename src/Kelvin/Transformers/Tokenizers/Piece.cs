namespace Kelvin.Transformers.Tokenizers;

/// <summary>A stretch of the text on its way to tokens.</summary>
/// <param name="Text">Never empty.</param>
/// <param name="IsFirst">True if it starts where the whole text starts.</param>
internal readonly record struct Piece(string Text, bool IsFirst);
