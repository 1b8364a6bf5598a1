using Kelvin.Transformers.Attention;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Inference;

/// <summary>The vitals of every softmax of attention of one chunk: layer × head × token.</summary>
/// <remarks>They come from the pass that computes the attention. With the largest keys, a prompt goes softmax by softmax instead of tile by tile, which takes longer.</remarks>
public sealed class AttentionVitals
{
    private readonly TransformerConfig _config;
    private AttentionStatistics[] _statistics = [];
    private int[] _largestKeys = [];

    /// <summary>Prepares for chunks of any length.</summary>
    /// <param name="config">Of the model.</param>
    /// <param name="wantsLargestKeys">Whether <see cref="LargestKey"/> is to be filled.</param>
    public AttentionVitals(TransformerConfig config, bool wantsLargestKeys = false)
    {
        ArgumentNullException.ThrowIfNull(config);
        (_config, WantsLargestKeys) = (config, wantsLargestKeys);
    }

    /// <summary>Whether <see cref="LargestKey"/> is filled.</summary>
    public bool WantsLargestKeys { get; }

    /// <summary>Tokens of the chunk.</summary>
    public int Tokens { get; private set; }

    /// <summary>The statistics of one head's softmaxes, shape [tokens].</summary>
    /// <param name="layer">From 0.</param>
    /// <param name="head">From 0.</param>
    public ReadOnlySpan<AttentionStatistics> Of(int layer, int head) => _statistics.AsSpan(Start(layer, head), Tokens);

    /// <summary>Largest probability of a softmax: exp(max z − LSE).</summary>
    public double MaxProbability(int layer, int head, int token)
    {
        AttentionStatistics softmax = Of(layer, head)[token];
        return Math.Exp(softmax.MaxLogit - softmax.LogSumExp);
    }

    /// <summary>Position of the key with the largest probability, the first of several; shape [tokens].</summary>
    /// <exception cref="InvalidOperationException">They were not asked for.</exception>
    public ReadOnlySpan<int> LargestKey(int layer, int head) => WantsLargestKeys
        ? _largestKeys.AsSpan(Start(layer, head), Tokens)
        : throw new InvalidOperationException("The largest keys were not asked for; make these vitals with wantsLargestKeys: true.");

    internal void Begin(int tokens)
    {
        Tokens = tokens;
        int needed = _config.Layers * _config.Heads * tokens;
        if (_statistics.Length < needed)
            _statistics = new AttentionStatistics[needed];
        if (WantsLargestKeys && _largestKeys.Length < needed)
            _largestKeys = new int[needed];
    }

    /// <summary>A layer's statistics, head after head, for the attention to fill.</summary>
    internal Memory<AttentionStatistics> Layer(int layer) => _statistics.AsMemory(Start(layer, 0), _config.Heads * Tokens);

    internal Memory<int> LayerKeys(int layer) => WantsLargestKeys ? _largestKeys.AsMemory(Start(layer, 0), _config.Heads * Tokens) : default;

    private int Start(int layer, int head) => ((layer * _config.Heads) + head) * Tokens;
}
