using Kelvin.Networks;
using Kelvin.Transformers.Models;

namespace Kelvin.Transformers.Training;

/// <summary>How a transformer is trained. Every default is safe to run with.</summary>
public sealed record TransformerTrainingOptions
{
    /// <summary>How gradients become updates: AdamW with a rate of 0.0003, β₂ = 0.95 and decay 0.1 unless said otherwise.</summary>
    public OptimiserOptions Optimiser { get; init; } = new() { Kind = OptimiserKind.AdamW, LearningRate = 3e-4, Beta2 = 0.95, WeightDecay = 0.1 };

    /// <summary>The learning rate's course: a cosine down to a tenth after a warm-up of 100 steps unless said otherwise.</summary>
    public ScheduleOptions Schedule { get; init; } = new() { Kind = ScheduleKind.Cosine, WarmupSteps = 100, FinalShare = 0.1 };

    /// <summary>What keeps the softmaxes healthy from the first step on; gradients are clipped to 1 unless said otherwise.</summary>
    public Remedies Remedies { get; init; } = new() { ClipNorm = 1 };

    /// <summary>Sequences that go through the model at once, ≥ 1.</summary>
    public int Sequences { get; init; } = 8;

    /// <summary>How many such batches make one step, ≥ 1; their mean is over all scored tokens, so memory is saved and nothing else changes.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>Steps of the whole run, ≥ 1.</summary>
    public long Steps { get; init; } = 1000;

    /// <summary>
    /// Over how many last steps the weights are averaged, from 1 to <see cref="Steps"/>; null: the model is what the last step left. The mean has less
    /// of the noise of single batches.
    /// </summary>
    /// <remarks>w̄ = (1/n) Σ wₜ over the last n steps takes the place of w after the last one, before the last validation. Source: Polyak and Juditsky,
    /// SIAM J. Control Optim. 30 (1992).</remarks>
    public long? AveragedSteps { get; init; }

    /// <summary>Decides the order of the sequences; each epoch has an order of its own.</summary>
    public int Seed { get; init; }

    /// <summary>Whether the sequences come in the order in which they stand, whatever the seed: for data that are balanced in that order.</summary>
    public bool KeepsOrder { get; init; }

    /// <summary>Measures the validation set each so many steps, ≥ 1; null: after the last step only.</summary>
    public long? ValidateEverySteps { get; init; }

    /// <summary>Whether training ends, undamaged, where the loss or a gradient is NaN or infinite; else it goes on regardless.</summary>
    public bool StopOnNonFinite { get; init; } = true;

    /// <summary>At most so many threads; the result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    internal void Check()
    {
        Optimiser.Check();
        Schedule.Check();
        Remedies.Check();
        Require.Positive(Sequences);
        Require.Positive(Accumulation);
        Require.That(Steps >= 1, $"Steps is {Steps}, but must be at least 1.", nameof(Steps));
        Require.That(
            AveragedSteps is null || (AveragedSteps >= 1 && AveragedSteps <= Steps),
            $"AveragedSteps is {AveragedSteps}, but must be from 1 to the {Steps} steps of the run.",
            nameof(AveragedSteps));
        Require.That(
            ValidateEverySteps is null or >= 1, $"ValidateEverySteps is {ValidateEverySteps}, but must be at least 1.", nameof(ValidateEverySteps));
        Require.Positive(Threads);
    }
}
