namespace Kelvin.Tangents;

/// <summary>The steps that are predicted and how often the path is linearised anew.</summary>
public sealed record PathOptions
{
    /// <summary>η ≥ 0, for the sum of the losses over all examples.</summary>
    public required double LearningRate { get; init; }

    /// <summary>μ, from 0 to below 1.</summary>
    public double Momentum { get; init; }

    /// <summary>Steps to predict, ≥ 1.</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>A kernel every so many steps, ≥ 1; null: after each of the first 8 steps and then at strides of a quarter of the way so far, 31 in 1 000 steps.</summary>
    public int? Stride { get; init; }

    /// <summary>The path ends early where the loss has fallen to this share of its start, from 0 to 1.</summary>
    public double Floor { get; init; } = 1e-6;

    /// <summary>At most so many threads; the result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    internal void Check()
    {
        Require.Between(LearningRate, 0, double.MaxValue);
        Require.Between(Momentum, 0, Math.BitDecrement(1.0));
        Require.Positive(Steps);
        Require.Positive(Stride ?? 1, nameof(Stride));
        Require.Between(Floor, 0, 1);
        Require.Positive(Threads);
    }

    internal int StrideAt(int step) => Stride ?? Math.Max(1, step / 4);
}
