namespace Kelvin.Reports;

/// <summary>Sorts the remarks that a callout makes.</summary>
public enum CalloutKind
{
    /// <summary>Something worth knowing.</summary>
    Note,

    /// <summary>Something that went well.</summary>
    Good,

    /// <summary>Something to be careful about.</summary>
    Warning,

    /// <summary>Something that went wrong.</summary>
    Bad,
}
