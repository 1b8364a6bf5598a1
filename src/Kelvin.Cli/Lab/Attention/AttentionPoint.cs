namespace Kelvin.Cli.Lab.Attention;

/// <summary>One look at one run in training.</summary>
internal sealed record AttentionPoint
{
    /// <summary>Loss over the loss at the start.</summary>
    public required double Loss { get; init; }

    /// <summary>The same, from the kernel at the start.</summary>
    public required double Predicted { get; init; }

    /// <summary>‖u − û‖/‖u₀‖, û the predicted residuals.</summary>
    public required double PredictionError { get; init; }

    /// <summary>‖H − H₀‖/‖H₀‖.</summary>
    public required double Drift { get; init; }

    /// <summary>λ_max over that at the start.</summary>
    public required double Largest { get; init; }

    /// <summary>λ_min over that at the start.</summary>
    public required double Smallest { get; init; }

    public required AttentionLook Look { get; init; }
}
