using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests;

/// <summary>One command line run in this process against the real command tree, with what it printed.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a command line; its output is not a terminal.</summary>
    /// <param name="arguments">The words after <c>kelvin</c>.</param>
    /// <param name="folder">The current folder; a temporary one by default.</param>
    /// <param name="environment">Environment variables; none by default.</param>
    public static Task<CliRun> OfAsync(
        string[] arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null) =>
        OfInterruptibleAsync(arguments, folder, environment, TestContext.Current.CancellationToken);

    /// <summary>Runs a command line that a cancelled token interrupts as Ctrl-C would.</summary>
    public static async Task<CliRun> OfInterruptibleAsync(
        string[] arguments, string? folder, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var host = new CliHost(output, error, environment ?? new Dictionary<string, string>(StringComparer.Ordinal), folder ?? Path.GetTempPath(), TimeProvider.System);
        int exitCode = await CommandTree.RunAsync(arguments, host, cancellationToken);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }
}
