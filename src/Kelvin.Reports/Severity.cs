namespace Kelvin.Reports;

/// <summary>Says how much an incident matters.</summary>
public enum Severity
{
    /// <summary>Worth a look.</summary>
    Note,

    /// <summary>The run is likely to suffer.</summary>
    Warning,

    /// <summary>The run is lost or will be.</summary>
    Critical,
}
