namespace Kelvin.Cli.Frame;

/// <summary>The exit codes of every command. They are a contract with scripts: a code never changes its meaning.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Good = 0;

    /// <summary>The command did its work and the answer is no.</summary>
    public const int No = 1;

    /// <summary>Wrong usage, configuration or an unreadable input file; nothing was written or sent.</summary>
    public const int Usage = 2;

    /// <summary>The outside failed: disk, rights, memory, endpoint.</summary>
    public const int Outside = 3;

    /// <summary>A defect of Kelvin.</summary>
    public const int Defect = 70;

    /// <summary>Interrupted by the user (SIGINT) or the system (SIGTERM); nothing is half-written.</summary>
    public const int Interrupted = 130;
}
