namespace Kelvin.Networks;

/// <summary>One measurement of the validation set.</summary>
public readonly record struct ValidationResult
{
    /// <summary>Steps taken so far.</summary>
    public required long Step { get; init; }

    /// <summary>The pass through the training data that the last step belonged to, from 0.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean loss per example, without label smoothing; nats for cross-entropy.</summary>
    public required double Loss { get; init; }

    /// <summary>Share of examples whose largest output is their label's; NaN for real-valued targets.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Whether nothing before was better.</summary>
    public required bool IsBest { get; init; }
}
