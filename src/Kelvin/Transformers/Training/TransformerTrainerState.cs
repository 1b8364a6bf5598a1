using Kelvin.Networks;
using Kelvin.Transformers.Models;

namespace Kelvin.Transformers.Training;

/// <summary>Where the training of a transformer stands, apart from its arrays.</summary>
internal sealed record TransformerTrainerState
{
    public long Step { get; init; }

    public double LastLoss { get; init; } = double.NaN;

    public TrainingStatus? Ended { get; init; }

    public long? NonFiniteStep { get; init; }

    public ValidationResult? Best { get; init; }

    /// <summary>Those in force now, not those at the start.</summary>
    public required Remedies Remedies { get; init; }
}
