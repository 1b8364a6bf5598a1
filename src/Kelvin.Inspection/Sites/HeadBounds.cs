using Kelvin.Softmax;

namespace Kelvin.Inspection.Sites;

/// <summary>The bounds by which attention heads are judged, over the rows that have a choice (two or more unmasked keys).</summary>
public static class HeadBounds
{
    /// <summary>Collapsed: the mean of H / log k is at most this.</summary>
    public const double CollapsedEntropy = 0.05;

    /// <summary>Uniform: the mean of H / log k is at least this.</summary>
    public const double UniformEntropy = 0.98;

    /// <summary>A row is saturated when its largest probability exceeds this.</summary>
    public const double SaturatedProbability = SoftmaxSummary.SaturationThreshold;

    /// <summary>Saturated: at least this share of the rows is.</summary>
    public const double SaturatedShare = 0.5;

    /// <summary>Sink-dominated: one key gets at least this share of the attention, averaged over the rows…</summary>
    public const double SinkMass = 0.5;

    /// <summary>…and at least this many times what it would get if each row spread its attention evenly.</summary>
    public const double SinkExcess = 2;

    /// <summary>The largest finite number of float16.</summary>
    public const double Float16Largest = 65504;

    /// <summary>A largest logit beyond this share of <see cref="Float16Largest"/> is called near.</summary>
    public const double Float16Near = 0.25;

    /// <summary>τ of QK-clip: an attention logit beyond it is clipped by scaling the query and key weights.</summary>
    public const double QkClip = 100;

    /// <summary>A finite logit at or below this masks an entry, as −∞ does, where another entry of the row lies above.</summary>
    public const double MaskLogit = -1e30;
}
