using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>The numbers that attention reads, as they lie token by token, their heads side by side.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct AttentionInputs<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Q, shape [Lq, heads·d].</summary>
    public required ReadOnlyMatrixView<T> Queries { get; init; }

    /// <summary>K, shape [Lk, key heads·d].</summary>
    public required ReadOnlyMatrixView<T> Keys { get; init; }

    /// <summary>V, shape [Lk, key heads·dv].</summary>
    public required ReadOnlyMatrixView<T> Values { get; init; }

    /// <summary>Added to the scores: shape [Lq, Lk] for all heads alike, or [heads·Lq, Lk], head after head. −∞ masks a key. Empty: nothing.</summary>
    public ReadOnlyMatrixView<T> Bias { get; init; }

    /// <summary>How many keys at the start each query sees at most, shape [Lq], from 0 to Lk. Empty: all.</summary>
    public ReadOnlyMemory<int> KeyCounts { get; init; }

    /// <summary>A learnt logit of each head that takes its share of probability and has no value, shape [heads]. Empty: none.</summary>
    public ReadOnlyMemory<T> Sinks { get; init; }
}
