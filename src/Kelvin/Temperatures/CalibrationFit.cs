namespace Kelvin.Temperatures;

/// <summary>Holds the temperature that makes the mean negative log-likelihood smallest, and what it gains.</summary>
public sealed record CalibrationFit
{
    /// <summary>What became of the fit.</summary>
    public required CalibrationOutcome Outcome { get; init; }

    /// <summary>T* = 1/β*; 0 and +∞ are the limits that <see cref="Outcome"/> explains.</summary>
    public required double Temperature { get; init; }

    /// <summary>β*, the minimiser of NLL(β) = mean(lse(β zᵢ) − β zᵢ,yᵢ) over β ≥ 0.</summary>
    public required double InverseTemperature { get; init; }

    /// <summary>NLL at T = 1, in nats a row.</summary>
    public required double NllBefore { get; init; }

    /// <summary>NLL at T*, in nats a row; a limit where T* is one.</summary>
    public required double NllAfter { get; init; }

    /// <summary>dNLL/dβ at β = 0: mean(average logit − label's logit). A fit needs it to be negative.</summary>
    public required double SlopeAtZero { get; init; }

    /// <summary>dNLL/dβ at β = 1: positive where the model is overconfident (T* > 1), negative where it is underconfident.</summary>
    public required double SlopeAtOne { get; init; }

    /// <summary>d²NLL/dβ² at β*: the mean variance of the logits under softmax(β* z). The larger, the sharper the minimum.</summary>
    public required double CurvatureAtOptimum { get; init; }

    /// <summary>Number of evaluations of the derivatives beyond β = 0 and β = 1.</summary>
    public required int Iterations { get; init; }

    /// <summary>Number of rows, N.</summary>
    public required int Rows { get; init; }
}
