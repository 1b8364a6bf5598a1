using Kelvin.Networks;

namespace Kelvin.Diffusion;

/// <summary>How a denoiser is trained. The defaults suit 64 coordinates and a thousand examples.</summary>
public sealed record DenoiserTrainingOptions
{
    /// <summary>Steps of the whole run, ≥ 1.</summary>
    public long Steps { get; init; } = 10_000;

    /// <summary>Examples in a step, each with noise of its own, ≥ 1.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>AdamW with a decay of 0.01 unless said otherwise.</summary>
    public OptimiserOptions Optimiser { get; init; } = new() { Kind = OptimiserKind.AdamW, LearningRate = 2e-3, WeightDecay = 0.01 };

    /// <summary>A warm-up of 200 steps and a cosine to 0 unless said otherwise.</summary>
    public ScheduleOptions Schedule { get; init; } = new() { Kind = ScheduleKind.Cosine, WarmupSteps = 200 };

    /// <summary>Gradients longer than this are shortened to it; null leaves them.</summary>
    public double? ClipNorm { get; init; } = 1;

    /// <summary>Share of the examples whose class is withheld, so that the network also learns the law of all classes; from 0 to 1.</summary>
    public double LabelDrop { get; init; } = 0.15;

    /// <summary>Memory of the moving average of the weights, from 0 to below 1; it begins short and grows to this.</summary>
    public double AverageMemory { get; init; } = 0.999;

    /// <summary>The smallest time trained on, > 0.</summary>
    public double FirstTime { get; init; } = 0.01;

    /// <summary>The largest, within the process.</summary>
    public double LastTime { get; init; } = 0.99;

    /// <summary>Decides examples, times, noise and withheld classes; the step and it say all, so that a resumed run is the same to the bit.</summary>
    public int Seed { get; init; }

    /// <summary>At most so many threads; the result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    internal void Check(ForwardProcess process)
    {
        Require.That(Steps >= 1, $"Steps is {Steps}, but must be at least 1.", nameof(Steps));
        Require.Positive(BatchSize);
        Optimiser.Check();
        Schedule.Check();
        Require.Positive(ClipNorm ?? 1, nameof(ClipNorm));
        Require.Between(LabelDrop, 0, 1);
        Require.Between(AverageMemory, 0, Math.BitDecrement(1.0));
        Require.Positive(FirstTime);
        Require.Between(LastTime, FirstTime, Math.Min(process.Horizon, double.MaxValue));
        Require.Positive(Threads);
    }
}
