namespace Kelvin.Networks;

/// <summary>Where a training run stands, apart from its arrays.</summary>
internal sealed record TrainerState
{
    public long Step { get; init; }

    public double LastLoss { get; init; } = double.NaN;

    public TrainingStatus? Ended { get; init; }

    public long? NonFiniteStep { get; init; }

    public ValidationResult? Best { get; init; }

    public int Misses { get; init; }
}
