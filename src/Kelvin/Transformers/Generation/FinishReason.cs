namespace Kelvin.Transformers.Generation;

/// <summary>Why a generation ended.</summary>
public enum FinishReason
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>The model drew a token that ends a text.</summary>
    EndToken,

    /// <summary>A stop string was complete.</summary>
    StopString,

    /// <summary>It has as many tokens as were asked for.</summary>
    MostTokens,

    /// <summary>The model's context is full.</summary>
    ContextFull,

    /// <summary>A row of logits held NaN or +∞, so there was nothing to draw from.</summary>
    NoDistribution,
}
