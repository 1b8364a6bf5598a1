using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Attention;

/// <summary>What an attention layer does between ⟨q, k⟩ and the softmax.</summary>
/// <remarks>
/// <para>z = cap·tanh(scale·⟨q, k⟩/cap) + slope·(j − i) + bias, p = softmax(z/T); every part but the first is left out unless asked for.
/// i and j are positions in the sequence: key j has position j, query i has position i + offset.</para>
/// <para>Sources: sliding window and grouped queries, arXiv 2310.06825; ALiBi, arXiv 2108.12409; soft-cap, arXiv 2408.00118; sinks,
/// arXiv 2309.17453 and 2508.10925.</para>
/// </remarks>
public sealed record AttentionOptions
{
    /// <summary>Number of query heads, at least 1. Head h lies in columns h·d … (h + 1)·d − 1.</summary>
    public required int Heads { get; init; }

    /// <summary>Number of key and value heads, a divisor of <see cref="Heads"/>; consecutive query heads share one. Null: as many as <see cref="Heads"/>.</summary>
    public int? KeyValueHeads { get; init; }

    /// <summary>Factor of ⟨q, k⟩, finite. Null: 1/√d.</summary>
    public double? Scale { get; init; }

    /// <summary>Whether a query sees no key after its own position.</summary>
    public bool IsCausal { get; init; }

    /// <summary>W ≥ 1: a query at position i sees only keys with |i − j| &lt; W, with <see cref="IsCausal"/> the last W up to its own. Null: no window.</summary>
    public int? Window { get; init; }

    /// <summary>Position of the first query. Null: the number of keys minus the number of queries, so that the last query meets the last key.</summary>
    public int? QueryOffset { get; init; }

    /// <summary>cap > 0: scores are squeezed into (−cap, cap). Null: they are left as they are.</summary>
    public double? SoftCap { get; init; }

    /// <summary>T of each head, each finite and above 0; empty: 1 for all. It divides the sink's logit, too.</summary>
    public ReadOnlyMemory<double> Temperatures { get; init; }

    /// <summary>ALiBi's slope of each head, each finite: a key's score changes by slope for every position that it lies later. Empty: none.</summary>
    public ReadOnlyMemory<double> Slopes { get; init; }

    /// <summary>What the attention of a model does in every block.</summary>
    /// <param name="config">A configuration that holds.</param>
    /// <param name="temperature">T of all heads.</param>
    internal static AttentionOptions Of(TransformerConfig config, double temperature = 1) => new()
    {
        Heads = config.Heads,
        KeyValueHeads = config.KeyValueHeads,
        IsCausal = true,
        Window = config.Window,
        SoftCap = config.SoftCap,
        Temperatures = temperature == 1 ? default : Enumerable.Repeat(temperature, config.Heads).ToArray(),
        Slopes = config.HasAlibi ? AlibiSlopes.For(config.Heads) : default(ReadOnlyMemory<double>),
    };

    internal void Check()
    {
        Require.Positive(Heads);
        int keyHeads = KeyValueHeads ?? Heads;
        Require.Positive(keyHeads, nameof(KeyValueHeads));
        Require.That(Heads % keyHeads == 0, $"KeyValueHeads is {keyHeads}, but must divide Heads = {Heads}: each is shared by equally many.", nameof(KeyValueHeads));
        Require.Between(Scale ?? 1, double.MinValue, double.MaxValue, nameof(Scale));
        Require.Positive(Window ?? 1, nameof(Window));
        Require.Positive(SoftCap ?? 1, nameof(SoftCap));
        CheckHeads(Temperatures.Span, nameof(Temperatures));
        CheckHeads(Slopes.Span, nameof(Slopes));
        foreach (double temperature in Temperatures.Span)
            Require.Temperature(temperature, nameof(Temperatures));
        foreach (double slope in Slopes.Span)
            Require.Between(slope, double.MinValue, double.MaxValue, nameof(Slopes));
    }

    private void CheckHeads(ReadOnlySpan<double> values, string name)
    {
        if (!values.IsEmpty)
            Require.Length(values, Heads, name);
    }
}
