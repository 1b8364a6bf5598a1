using System.CommandLine;

namespace Kelvin.Cli.Frame;

/// <summary>A command of <c>kelvin</c>: it parses, calls the library and prints. Exceptions are the frame's business.</summary>
internal abstract class KelvinCommand : Command
{
    protected KelvinCommand(CliHost host, string name, string description, params CommandExample[] examples)
        : base(name, description)
    {
        Host = host;
        Examples = examples;
        SetAction(RunAsync);
    }

    /// <summary>Shown at the end of <c>--help</c>.</summary>
    public IReadOnlyList<CommandExample> Examples { get; }

    protected CliHost Host { get; }

    /// <summary>Does the work and returns an <see cref="ExitCode"/>; throws <see cref="UsageException"/> and kin otherwise.</summary>
    protected abstract Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken);
}
