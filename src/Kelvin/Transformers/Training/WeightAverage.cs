using System.Numerics;
using System.Numerics.Tensors;

namespace Kelvin.Transformers.Training;

/// <summary>The running mean of the weights over the last steps of a run.</summary>
/// <remarks>w̄ₖ = w̄ₖ₋₁ + (wₖ − w̄ₖ₋₁)/k after k of them. Source: Polyak and Juditsky, SIAM J. Control Optim. 30 (1992).</remarks>
/// <param name="parameters">How many weights.</param>
/// <param name="firstStep">The first step that counts, from 1.</param>
internal sealed class WeightAverage<T>(int parameters, long firstStep)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>w̄; 0 before the first step that counts. What a checkpoint must hold.</summary>
    public T[] Mean { get; } = new T[parameters];

    /// <summary>Takes in the weights after a step, counted from 1; nothing before the first that counts.</summary>
    public void Add(ReadOnlySpan<T> weights, long step)
    {
        if (step >= firstStep)
            TensorPrimitives.Lerp(Mean, weights, T.One / T.CreateChecked(step - firstStep + 1), Mean);
    }
}
