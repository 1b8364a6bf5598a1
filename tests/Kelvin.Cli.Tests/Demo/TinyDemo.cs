using Kelvin.Cli.Demo;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Demo;

/// <summary>The demo with next to no work: two seeds, small networks, few steps.</summary>
internal static class TinyDemo
{
    public static DemoPlan Plan(int seed) => DemoPlan.Quick(seed) with
    {
        StabilitySeeds = 2,
        StabilityHidden = 16,
        StabilitySteps = 40,
        SmoothnessProbes = 4,
        KernelSeeds = 1,
        KernelRows = 12,
        KernelSteps = 50,
        AccuracySeeds = 2,
        SelectionSeeds = 1,
        AccuracyEpochs = 2,
        OverconfidentEpochs = 60,
        Questions = 2,
        Resamples = 100,
    };

    /// <summary>Runs the command over this plan, in this process.</summary>
    public static async Task<CliRun> RunAsync(string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var host = new CliHost(output, error, new Dictionary<string, string>(StringComparer.Ordinal), folder, TimeProvider.System);
        var command = new DemoCommand(host, (seed, _) => Plan(seed));
        try
        {
            int exitCode = await command.Parse(arguments).InvokeAsync(
                new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = error }, cancellationToken);
            return new CliRun(exitCode, output.ToString(), error.ToString());
        }
        catch (Exception exception) when (exception is UsageException or OutsideException or OperationCanceledException)
        {
            Failure failure = Failure.Of(exception, cancellationToken.IsCancellationRequested);
            return new CliRun(failure.ExitCode, output.ToString(), failure.Message);
        }
    }
}
