namespace Kelvin.Tangents;

/// <summary>Why a prediction from the kernel at the start stops holding.</summary>
public enum PredictionEnd
{
    /// <summary>It holds for as long as was asked.</summary>
    Holds,

    /// <summary>The step overshoots from the start, ηκλ_max(H₀) ≥ 2(1 + μ): what is predicted is divergence.</summary>
    StepTooLarge,

    /// <summary>The kernel grew until the step overshoots: the edge of stability.</summary>
    EdgeOfStability,

    /// <summary>The kernel moved, and with it the rates at which the residual shrinks.</summary>
    KernelDrift,

    /// <summary>Outputs or parameters stopped being finite.</summary>
    NotFinite,
}
