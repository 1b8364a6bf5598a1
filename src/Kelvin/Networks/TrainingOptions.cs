namespace Kelvin.Networks;

/// <summary>How a network is trained. Every default is safe to run with.</summary>
public sealed record TrainingOptions
{
    /// <summary>What is made small.</summary>
    public LossOptions Loss { get; init; } = new();

    /// <summary>How gradients become updates.</summary>
    public OptimiserOptions Optimiser { get; init; } = new();

    /// <summary>The learning rate's course.</summary>
    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>Gradients longer than this are shortened to it (global norm, > 0); null leaves them.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Examples in a step, ≥ 1; the last batch of an epoch may be smaller. Null: all of them, in the order given.</summary>
    public int? BatchSize { get; init; } = 32;

    /// <summary>Passes through the training data, ≥ 1.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Stops after so many steps if that is earlier, ≥ 1; null for no such limit.</summary>
    public long? MaxSteps { get; init; }

    /// <summary>Decides the order of the examples; each epoch has an order of its own.</summary>
    public int Seed { get; init; }

    /// <summary>Measures the validation set each so many steps, ≥ 1; null: at the end of each epoch. Always after the last step.</summary>
    public long? ValidateEverySteps { get; init; }

    /// <summary>Stops after so many measurements in a row without a new best, ≥ 1; null: never.</summary>
    public int? Patience { get; init; }

    /// <summary>What the best is.</summary>
    public SelectionMetric SelectBy { get; init; }

    /// <summary>Whether the network ends with the weights of the best measurement; without a validation set it ends with the last.</summary>
    public bool RestoreBest { get; init; } = true;

    /// <summary>Whether training ends, undamaged, where the loss or a gradient is NaN or infinite; else it goes on regardless.</summary>
    public bool StopOnNonFinite { get; init; } = true;

    /// <summary>At most so many threads; the result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    internal void Check()
    {
        Loss.Check();
        Optimiser.Check();
        Schedule.Check();
        Require.Positive(ClipNorm ?? 1, nameof(ClipNorm));
        Require.Positive(BatchSize ?? 1, nameof(BatchSize));
        Require.Positive(Epochs);
        Require.That(MaxSteps is null or >= 1, $"MaxSteps is {MaxSteps}, but must be at least 1.", nameof(MaxSteps));
        Require.That(
            ValidateEverySteps is null or >= 1, $"ValidateEverySteps is {ValidateEverySteps}, but must be at least 1.", nameof(ValidateEverySteps));
        Require.Positive(Patience ?? 1, nameof(Patience));
        Require.That(Enum.IsDefined(SelectBy), $"SelectBy is {SelectBy}, but must be Loss or Accuracy.", nameof(SelectBy));
        Require.Positive(Threads);
    }
}
