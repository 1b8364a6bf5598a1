using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>Where the backward pass writes; what was there before does not count.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct AttentionGradients<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>∂L/∂Q, shape of Q.</summary>
    public required MatrixView<T> Queries { get; init; }

    /// <summary>∂L/∂K, shape of K.</summary>
    public required MatrixView<T> Keys { get; init; }

    /// <summary>∂L/∂V, shape of V.</summary>
    public required MatrixView<T> Values { get; init; }

    /// <summary>∂L/∂(sink logit), shape [heads]; or empty.</summary>
    public Memory<T> Sinks { get; init; }
}
