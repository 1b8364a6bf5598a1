namespace Kelvin.Cli.Frame;

/// <summary>A command line that works as it stands, and what it does.</summary>
internal readonly record struct CommandExample(string CommandLine, string Purpose);
