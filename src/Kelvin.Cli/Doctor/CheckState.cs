namespace Kelvin.Cli.Doctor;

/// <summary>How one check ended.</summary>
internal enum CheckState
{
    /// <summary>It is there and works.</summary>
    Good,

    /// <summary>Kelvin works without it, but the user should know.</summary>
    Warning,

    /// <summary>Kelvin needs it.</summary>
    Missing,
}
