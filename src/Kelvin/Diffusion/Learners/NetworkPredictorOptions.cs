using Kelvin.Networks;

namespace Kelvin.Diffusion;

/// <summary>How a <see cref="NetworkPredictor"/> is trained.</summary>
public sealed record NetworkPredictorOptions
{
    /// <summary>m, the number of hidden units, at least 1.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Steps of Adam, at least 1.</summary>
    public long Steps { get; init; } = 4000;

    /// <summary>Examples in a step, at least 1.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Adam's rate at its highest; it falls along a cosine.</summary>
    public double LearningRate { get; init; } = 1e-2;

    /// <summary>Size of the starting hidden weights.</summary>
    public double InitialScale { get; init; } = 2;

    /// <summary>R of the sphere lift.</summary>
    public double Radius { get; init; } = 3;

    /// <summary>Whether E[ε | x] is fitted instead of ε.</summary>
    public bool UseCleanLabels { get; init; }

    /// <summary>Decides the starting weights and the order of the examples.</summary>
    public int Seed { get; init; }

    internal TrainingOptions Training() => new()
    {
        Loss = LossOptions.Theory with { Reduction = LossReduction.Mean },
        Optimiser = new OptimiserOptions { LearningRate = LearningRate },
        Schedule = new ScheduleOptions { Kind = ScheduleKind.Cosine },
        BatchSize = BatchSize,
        Epochs = int.MaxValue / 2,
        MaxSteps = Steps,
        ValidateEverySteps = Math.Max(1, Steps / 40),
        Seed = Seed,
    };
}
