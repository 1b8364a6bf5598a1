using System.CommandLine;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Configuration;

/// <summary>A setting whose type does not matter.</summary>
internal interface ISetting
{
    string Name { get; }

    string Flag { get; }

    string Variable { get; }

    string Description { get; }

    /// <summary>The default in words, for the docs.</summary>
    string DefaultText { get; }

    Option<string?> CreateOption();

    /// <summary>The value in force, as text, and who won.</summary>
    Resolved<string> Explain(ParseResult arguments, CliHost host, SettingsFile file);
}
