namespace Kelvin.Tangents.Certificates;

/// <summary>What a statement of a certificate is worth.</summary>
public enum CertificateVerdict
{
    /// <summary>Every assumption holds on the data, and the statement says more than is known without it.</summary>
    Holds,

    /// <summary>The assumptions hold, but the bound is no better than what is known without it, or could not be closed.</summary>
    Vacuous,

    /// <summary>An assumption does not hold on these data, so nothing is promised.</summary>
    AssumptionViolated,
}
