namespace Kelvin.Transformers.Inference;

/// <summary>For which tokens of a chunk the logits are computed.</summary>
public enum LogitRows
{
    /// <summary>The last token of each chunk: what decoding needs.</summary>
    Last,

    /// <summary>Every token, chunk after chunk: what a likelihood needs.</summary>
    All,
}
