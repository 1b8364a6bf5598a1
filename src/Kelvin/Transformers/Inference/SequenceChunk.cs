namespace Kelvin.Transformers.Inference;

/// <summary>The next tokens of one sequence of a batch: a whole prompt, a part of one, or a single token.</summary>
/// <param name="Cache">The sequence so far; gets the tokens appended.</param>
/// <param name="Tokens">At least one.</param>
/// <param name="Vitals">Gets the vitals of every softmax of attention of these tokens; null to leave them out.</param>
public readonly record struct SequenceChunk(KeyValueCache Cache, ReadOnlyMemory<int> Tokens, AttentionVitals? Vitals = null);
