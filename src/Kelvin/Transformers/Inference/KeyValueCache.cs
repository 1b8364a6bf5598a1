using Kelvin.Linear;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Inference;

/// <summary>The keys and values of one sequence, layer by layer, so that each token is computed once.</summary>
/// <remarks>Kept as floats: 2·layers·capacity·key heads·head size·4 bytes, all of it from the start. Used by one pass at a time.</remarks>
public sealed class KeyValueCache
{
    private readonly MatrixView<float>[] _keys;
    private readonly MatrixView<float>[] _values;

    /// <summary>Makes room for a sequence.</summary>
    /// <param name="config">Of the model that will fill it.</param>
    /// <param name="capacity">Longest sequence, from 1 to the model's context; null for the context.</param>
    /// <exception cref="ArgumentException">The capacity is out of range.</exception>
    public KeyValueCache(TransformerConfig config, int? capacity = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        Capacity = capacity ?? config.Context;
        Require.Positive(Capacity, nameof(capacity));
        Require.That(Capacity <= config.Context, $"capacity is {Capacity}, but the model's context is {config.Context} tokens; make the sequence shorter.", nameof(capacity));
        int width = config.KeyValueHeads * config.HeadSize;
        _keys = [.. Enumerable.Range(0, config.Layers).Select(_ => MatrixView.Allocate<float>(Capacity, width))];
        _values = [.. Enumerable.Range(0, config.Layers).Select(_ => MatrixView.Allocate<float>(Capacity, width))];
    }

    private KeyValueCache(TransformerConfig config, int capacity, MatrixView<float> keys, MatrixView<float> values)
    {
        Capacity = capacity;
        _keys = [.. Enumerable.Repeat(keys, config.Layers)];
        _values = [.. Enumerable.Repeat(values, config.Layers)];
    }

    /// <summary>Longest sequence that fits.</summary>
    public int Capacity { get; }

    /// <summary>Tokens of the sequence so far.</summary>
    public int Length { get; private set; }

    /// <summary>Forgets the tokens from <paramref name="length"/> on.</summary>
    /// <param name="length">From 0 to <see cref="Length"/>.</param>
    /// <exception cref="ArgumentException">The length is out of range.</exception>
    public void Truncate(int length)
    {
        Require.Between(length, 0, Length);
        Length = length;
    }

    /// <summary>A cache for a sequence that goes through the model in one call and ends there: all layers use the same memory in turn.</summary>
    internal static KeyValueCache OfOneCall(TransformerConfig config, int tokens)
    {
        int width = config.KeyValueHeads * config.HeadSize;
        return new KeyValueCache(config, tokens, MatrixView.Allocate<float>(tokens, width), MatrixView.Allocate<float>(tokens, width));
    }

    internal MatrixView<float> Keys(int layer) => _keys[layer];

    internal MatrixView<float> Values(int layer) => _values[layer];

    internal void Extend(int tokens) => Length += tokens;
}
