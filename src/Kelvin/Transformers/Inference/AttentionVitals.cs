using Kelvin.Transformers.Attention;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;

namespace Kelvin.Transformers.Inference;

/// <summary>The vitals of every softmax of attention of one chunk: layer × head × token.</summary>
/// <remarks>They come from the pass that computes the attention.</remarks>
public sealed class AttentionVitals
{
    private readonly TransformerConfig _config;
    private AttentionStatistics[] _statistics = [];

    /// <summary>Prepares for chunks of any length.</summary>
    /// <param name="config">Of the model.</param>
    public AttentionVitals(TransformerConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        _config = config;
    }

    /// <summary>Tokens of the chunk.</summary>
    public int Tokens { get; private set; }

    /// <summary>The statistics of one head's softmaxes, shape [tokens].</summary>
    /// <param name="layer">From 0.</param>
    /// <param name="head">From 0.</param>
    public ReadOnlySpan<AttentionStatistics> Of(int layer, int head) => _statistics.AsSpan(Start(layer, head), Tokens);

    /// <summary>The vitals of one head over the tokens of the chunk, as training gives them.</summary>
    /// <param name="layer">From 0.</param>
    /// <param name="head">From 0.</param>
    public HeadVitals Head(int layer, int head) => HeadVitals.Of(Of(layer, head));

    /// <summary>Largest probability of a softmax: exp(max z − LSE).</summary>
    public double MaxProbability(int layer, int head, int token)
    {
        AttentionStatistics softmax = Of(layer, head)[token];
        return Math.Exp(softmax.MaxLogit - softmax.LogSumExp);
    }

    internal void Begin(int tokens)
    {
        Tokens = tokens;
        int needed = _config.Layers * _config.Heads * tokens;
        if (_statistics.Length < needed)
            _statistics = new AttentionStatistics[needed];
    }

    /// <summary>A layer's statistics, head after head, for the attention to fill.</summary>
    internal Memory<AttentionStatistics> Layer(int layer) => _statistics.AsMemory(Start(layer, 0), _config.Heads * Tokens);

    private int Start(int layer, int head) => ((layer * _config.Heads) + head) * Tokens;
}
