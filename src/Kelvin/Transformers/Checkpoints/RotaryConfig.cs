using Kelvin.Transformers.Rotary;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>Rotary positions as a configuration names them; only what its kind of scaling uses has a meaning.</summary>
public sealed record RotaryConfig
{
    /// <summary>θ, the base of the frequencies θ^(−2i/d); > 1.</summary>
    public double Theta { get; init; } = 10_000;

    /// <summary>How the frequencies are scaled.</summary>
    public RotaryScaling Scaling { get; init; }

    /// <summary>How many times longer the context shall be; ≥ 1.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The context before scaling, in tokens: <c>original_max_position_embeddings</c>, or the model's context where the file names none.</summary>
    public int OriginalContext { get; init; }

    /// <summary>llama3: wavelengths above OriginalContext/LowFrequencyFactor are divided.</summary>
    public double LowFrequencyFactor { get; init; } = 1;

    /// <summary>llama3: wavelengths below OriginalContext/HighFrequencyFactor are kept.</summary>
    public double HighFrequencyFactor { get; init; } = 4;

    /// <summary>yarn: rotations over the original context from which on a dimension is kept.</summary>
    public double BetaFast { get; init; } = 32;

    /// <summary>yarn: rotations over the original context up to which a dimension is divided.</summary>
    public double BetaSlow { get; init; } = 1;

    /// <summary>yarn: what cos and sin are multiplied by; 1 for the other kinds.</summary>
    public double AttentionFactor { get; init; } = 1;

    /// <summary>yarn: whether the ends of the ramp are rounded to whole dimensions.</summary>
    public bool RoundsRamp { get; init; } = true;
}
