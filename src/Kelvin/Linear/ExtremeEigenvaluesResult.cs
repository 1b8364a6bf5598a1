namespace Kelvin.Linear;

/// <summary>Both ends of a symmetric matrix's spectrum.</summary>
/// <param name="Smallest">λ_min and its vector.</param>
/// <param name="Largest">λ_max and its vector.</param>
public sealed record ExtremeEigenvaluesResult(EigenvalueEstimate Smallest, EigenvalueEstimate Largest)
{
    /// <summary>Whether both ends were found.</summary>
    public bool HasConverged => Smallest.HasConverged && Largest.HasConverged;

    /// <summary>λ_max / λ_min: the condition number of a positive definite matrix.</summary>
    public double Condition => Largest.Value / Smallest.Value;
}
