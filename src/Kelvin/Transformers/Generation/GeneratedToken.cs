using Kelvin.Transformers.Decoding;

namespace Kelvin.Transformers.Generation;

/// <summary>One generated token: its text and the row it was drawn from.</summary>
/// <param name="Sampled">The token and everything about its row.</param>
/// <param name="Text">Characters that are whole with this token; often one word, nothing for a part of a character or a special token, or without a tokenizer.</param>
/// <param name="Alternatives">The most probable tokens of the row, most probable first; as many as were asked for.</param>
public sealed record GeneratedToken(SampledToken Sampled, string Text, IReadOnlyList<TokenAlternative> Alternatives);
