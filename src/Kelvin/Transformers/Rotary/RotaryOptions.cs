using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Rotary;

/// <summary>The angles of rotary position embeddings, as a <c>config.json</c> states them.</summary>
/// <remarks>
/// <para>Pair i of a head at position t turns by t·fᵢ, fᵢ = θ^(−2i/r), r the number of turned numbers; <see cref="Scaling"/> changes fᵢ.</para>
/// <para>Sources: Su et al., arXiv 2104.09864; Chen et al., arXiv 2306.15595 (linear); Peng et al., arXiv 2309.00071 (dynamic and yarn);
/// the Llama 3.1 release (llama3).</para>
/// </remarks>
public sealed record RotaryOptions
{
    /// <summary>d, the length of a head; even where all of it is turned.</summary>
    public required int HeadLength { get; init; }

    /// <summary>θ > 1, <c>rope_theta</c>.</summary>
    public double Base { get; init; } = 10_000;

    /// <summary>Share of the head that is turned, from above 0 to 1: <c>partial_rotary_factor</c>. The rest passes unchanged.</summary>
    public double PartialFactor { get; init; } = 1;

    /// <summary>Which numbers form a pair.</summary>
    public RotaryLayout Layout { get; init; }

    /// <summary>How the angles are stretched.</summary>
    public RotaryScaling Scaling { get; init; }

    /// <summary>The stretch, at least 1: <c>factor</c>.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>Positions of the first training, needed by dynamic, llama3 and yarn: <c>original_max_position_embeddings</c>; for dynamic
    /// <c>max_position_embeddings</c>.</summary>
    public int OriginalLength { get; init; }

    /// <summary>llama3: wavelengths above OriginalLength over this are divided; <c>low_freq_factor</c>.</summary>
    public double LowFrequencyFactor { get; init; } = 1;

    /// <summary>llama3: wavelengths below OriginalLength over this are kept; <c>high_freq_factor</c>.</summary>
    public double HighFrequencyFactor { get; init; } = 4;

    /// <summary>yarn: pairs that turn more often than this over OriginalLength are kept; <c>beta_fast</c>.</summary>
    public double BetaFast { get; init; } = 32;

    /// <summary>yarn: pairs that turn less often than this over OriginalLength are divided; <c>beta_slow</c>.</summary>
    public double BetaSlow { get; init; } = 1;

    /// <summary>yarn: whether the ends of the ramp are whole numbers; <c>truncate</c>.</summary>
    public bool TruncateRamp { get; init; } = true;

    /// <summary>yarn: what queries and keys are multiplied by; <c>attention_factor</c>. Null: from <see cref="ScaleLength"/> or 0.1·ln(factor) + 1.</summary>
    public double? AttentionFactor { get; init; }

    /// <summary>yarn: <c>mscale</c>; counts together with <see cref="ScaleLengthAll"/> only.</summary>
    public double? ScaleLength { get; init; }

    /// <summary>yarn: <c>mscale_all_dim</c>.</summary>
    public double? ScaleLengthAll { get; init; }

    /// <summary>r, the turned numbers of a head.</summary>
    internal int Turned => (int)(HeadLength * PartialFactor);

    /// <summary>The angles that a checkpoint's configuration names; heads are turned whole, in halves.</summary>
    internal static RotaryOptions Of(RotaryConfig rotary, int headLength) => new()
    {
        HeadLength = headLength,
        Base = rotary.Theta,
        Scaling = rotary.Scaling,
        Factor = rotary.Factor,
        OriginalLength = rotary.OriginalContext,
        LowFrequencyFactor = rotary.LowFrequencyFactor,
        HighFrequencyFactor = rotary.HighFrequencyFactor,
        BetaFast = rotary.BetaFast,
        BetaSlow = rotary.BetaSlow,
        TruncateRamp = rotary.RoundsRamp,
        AttentionFactor = rotary.AttentionFactor,
    };

    internal void Check()
    {
        Require.Positive(HeadLength);
        Require.Between(PartialFactor, double.Epsilon, 1);
        Require.That(Turned >= 2 && Turned % 2 == 0, $"{Turned} of {HeadLength} numbers are turned, but it must be an even number from 2.", nameof(PartialFactor));
        Require.That(Base > 1 && double.IsFinite(Base), "Base must be finite and above 1.", nameof(Base));
        Require.That(Enum.IsDefined(Layout), $"Layout is {Layout}, but must be Halves or Interleaved.", nameof(Layout));
        Require.That(Enum.IsDefined(Scaling), $"Scaling is {Scaling}, but must be None, Linear, Dynamic, Llama3 or Yarn.", nameof(Scaling));
        Require.Between(Factor, 1, double.MaxValue);
        if (Scaling is RotaryScaling.Dynamic or RotaryScaling.Llama3 or RotaryScaling.Yarn)
            Require.Positive(OriginalLength);
        Require.That(Scaling != RotaryScaling.Dynamic || Turned > 2, "Dynamic scaling needs at least 4 turned numbers.", nameof(Scaling));
        Require.Positive(LowFrequencyFactor);
        Require.That(
            Scaling != RotaryScaling.Llama3 || HighFrequencyFactor > LowFrequencyFactor, "HighFrequencyFactor must be above LowFrequencyFactor.", nameof(HighFrequencyFactor));
        Require.Positive(BetaFast);
        Require.Positive(BetaSlow);
        Require.Positive(AttentionFactor ?? 1, nameof(AttentionFactor));
    }
}
