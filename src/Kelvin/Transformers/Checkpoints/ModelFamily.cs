namespace Kelvin.Transformers.Checkpoints;

/// <summary>The families of models whose checkpoints are read: each has its own names of configuration keys and tensors.</summary>
public enum ModelFamily
{
    /// <summary>RMSNorm before each part, rotary positions, gated feed-forward: <c>model_type</c> "llama".</summary>
    Llama,

    /// <summary>LayerNorm before each part, learnt positions, plain feed-forward, biases: <c>model_type</c> "gpt2".</summary>
    Gpt2,
}
