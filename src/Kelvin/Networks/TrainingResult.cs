namespace Kelvin.Networks;

/// <summary>How far training came and how it ended.</summary>
public sealed record TrainingResult
{
    /// <summary>Why it stopped.</summary>
    public required TrainingStatus Status { get; init; }

    /// <summary>Steps taken since the start of the run, those before a resume included.</summary>
    public required long Steps { get; init; }

    /// <summary>Passes through the training data that were completed.</summary>
    public required int Epochs { get; init; }

    /// <summary>Mean loss per example of the last batch; NaN before the first step.</summary>
    public required double LastLoss { get; init; }

    /// <summary>The best measurement of the validation set, or null if there was none.</summary>
    public required ValidationResult? Best { get; init; }

    /// <summary>The step at which something was first NaN or infinite, or null.</summary>
    public required long? NonFiniteStep { get; init; }
}
