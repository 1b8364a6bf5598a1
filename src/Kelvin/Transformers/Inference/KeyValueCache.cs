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

    internal MatrixView<float> Keys(int layer) => _keys[layer];

    internal MatrixView<float> Values(int layer) => _values[layer];

    internal void Extend(int tokens) => Length += tokens;
}
