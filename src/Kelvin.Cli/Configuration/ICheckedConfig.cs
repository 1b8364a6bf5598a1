namespace Kelvin.Cli.Configuration;

/// <summary>A section that checks its keys against each other once they are read.</summary>
internal interface ICheckedConfig
{
    /// <summary>The faults, worst first; empty if the section is sound.</summary>
    IEnumerable<ConfigProblem> Problems();
}
