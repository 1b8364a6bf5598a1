using System.Numerics;

namespace Kelvin.Networks;

/// <summary>Turns gradients into updates, and remembers what that takes.</summary>
/// <typeparam name="T">float or double.</typeparam>
public abstract class Optimiser<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected Optimiser(OptimiserOptions options, int count, int decayed)
    {
        Options = options;
        Count = count;
        Decayed = decayed;
    }

    /// <summary>Rule and constants.</summary>
    public OptimiserOptions Options { get; }

    /// <summary>How many parameters it serves.</summary>
    public int Count { get; }

    /// <summary>The moments it carries from step to step: what a checkpoint must hold.</summary>
    internal abstract IReadOnlyList<T[]> State { get; }

    /// <summary>The first so many parameters are weights and decay; the rest are biases.</summary>
    private protected int Decayed { get; }

    /// <summary>Overwrites the gradient by the update Δ, to be added to the parameters.</summary>
    /// <param name="parameters">w, shape [Count], before the update.</param>
    /// <param name="gradient">∂L/∂w on entry, Δ on return; shape [Count].</param>
    /// <param name="learningRate">η of this step.</param>
    /// <param name="step">1 for the first step of the run.</param>
    /// <remarks>NaN and ±∞ flow through. Nothing is allocated.</remarks>
    public void ToUpdate(ReadOnlySpan<T> parameters, Span<T> gradient, double learningRate, long step)
    {
        Require.Length(parameters, Count);
        Require.Length<T>(gradient, Count);
        Require.That(step >= 1, "step is below 1; the first step of a run is 1.", nameof(step));
        Apply(parameters, gradient, 0, learningRate, step);
    }

    /// <summary>The same for the parameters from <paramref name="start"/> on, as many as are given: blocks may go on different threads.</summary>
    internal void ToUpdate(ReadOnlySpan<T> parameters, Span<T> gradient, int start, double learningRate, long step) =>
        Apply(parameters, gradient, start, learningRate, step);

    private protected abstract void Apply(ReadOnlySpan<T> parameters, Span<T> gradient, int start, double learningRate, long step);

    /// <summary>How many of a block's parameters decay.</summary>
    private protected int DecayedOf(int start, int length) => Math.Clamp(Decayed - start, 0, length);
}
