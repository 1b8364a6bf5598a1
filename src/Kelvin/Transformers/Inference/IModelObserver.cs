using Kelvin.Linear;
using Kelvin.Transformers.Attention;

namespace Kelvin.Transformers.Inference;

/// <summary>Is shown what goes into every softmax of a model while a text passes; what it is shown is valid during the call only.</summary>
public interface IModelObserver
{
    /// <summary>Called once for each layer, in order.</summary>
    /// <param name="layer">From 0.</param>
    /// <param name="inputs">Queries and keys as they enter the scores, turned by their positions, values and sinks: of the whole text.</param>
    /// <param name="options">What lies between ⟨q, k⟩ and the softmax; <see cref="AttentionScores"/> computes it.</param>
    void OnAttention(int layer, in AttentionInputs<float> inputs, AttentionOptions options);

    /// <summary>Called after the last layer, some positions at a time, in order.</summary>
    /// <param name="first">The first of the positions.</param>
    /// <param name="logits">Those of the token after each position: [positions, V].</param>
    void OnLogits(int first, ReadOnlyMatrixView<float> logits);
}
