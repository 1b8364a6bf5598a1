namespace Kelvin.Transformers.Models;

/// <summary>What keeps the softmaxes of a model healthy; each can be switched on and off between two steps of a run.</summary>
/// <remarks>
/// Sources: QK-norm, Henry et al., arXiv 2010.04245, and Dehghani et al., arXiv 2302.05442; QK-clip, arXiv 2507.20534; z-loss, arXiv 2204.02311.
/// </remarks>
public sealed record Remedies
{
    /// <summary>Brings every head's query and key to root mean square 1 before their product, so that no logit exceeds √d.</summary>
    /// <remarks>It changes what the model computes, and a written checkpoint does not say so: a model that keeps it has <see cref="Checkpoints.TransformerConfig.HasQueryKeyNorm"/>.</remarks>
    public bool NormalisesQueriesAndKeys { get; init; }

    /// <summary>τ > 0: after a step, the query and key weights of a head whose largest logit passed τ are scaled so that it would have been τ. Null: never.</summary>
    public double? QueryKeyClip { get; init; }

    /// <summary>c ≥ 0 of the z-loss c·(log Z)² at the output; 0 for none, 1e-4 is customary.</summary>
    public double ZLoss { get; init; }

    /// <summary>Gradients longer than this are shortened to it (global norm, > 0); null leaves them.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>T > 0 of every attention softmax; above 1 it flattens them.</summary>
    public double AttentionTemperature { get; init; } = 1;

    internal void Check()
    {
        Require.Positive(QueryKeyClip ?? 1, nameof(QueryKeyClip));
        Require.Between(ZLoss, 0, double.MaxValue);
        Require.Positive(ClipNorm ?? 1, nameof(ClipNorm));
        Require.Temperature(AttentionTemperature);
    }
}
