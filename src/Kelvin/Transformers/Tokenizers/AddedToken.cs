namespace Kelvin.Transformers.Tokenizers;

/// <summary>A token that is found in the text as it stands, before the vocabulary cuts the rest.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">The text that it stands for.</param>
/// <param name="IsSpecial">True for tokens that steer the model, such as the end of a text: decoding leaves them out.</param>
/// <param name="IsNormalized">True if it is looked for after the text was normalised.</param>
/// <param name="IsWord">True if letters or digits beside it hide it.</param>
/// <param name="TakesLeft">True if it swallows white space before it.</param>
/// <param name="TakesRight">True if it swallows white space after it.</param>
internal sealed record AddedToken(int Id, string Content, bool IsSpecial, bool IsNormalized, bool IsWord, bool TakesLeft, bool TakesRight);
