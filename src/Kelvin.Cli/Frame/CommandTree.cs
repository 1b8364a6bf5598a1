using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Kelvin.Cli.Calibration;
using Kelvin.Cli.Demo;
using Kelvin.Cli.Doctor;
using Kelvin.Cli.Generation;
using Kelvin.Cli.Inspection;
using Kelvin.Cli.Lab;
using Kelvin.Cli.Training;

namespace Kelvin.Cli.Frame;

/// <summary>The whole command line, and the one place where exceptions end.</summary>
internal static class CommandTree
{
    /// <summary>Builds the tree of commands over a host.</summary>
    public static RootCommand Create(CliHost host)
    {
        var lab = new LabCommand(host);
        var root = new RootCommand("Measures, tests, watches and steers softmax temperature.")
        {
            new CalibrateCommand(host),
            new DemoCommand(host),
            new DoctorCommand(host),
            new GenerateCommand(host),
            new InspectCommand(host),
            lab,
            new TrainCommand(host),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        var page = new HelpPage((HelpAction)help.Action!);
        help.Action = page;
        help.Description = "Show what a command does, with examples.";
        root.Options.OfType<VersionOption>().Single().Description = "Show the version.";
        root.SetAction(page.Invoke);
        lab.SetAction(page.Invoke);
        return root;
    }

    /// <summary>Parses and runs a command line; never throws.</summary>
    public static async Task<int> RunAsync(string[] arguments, CliHost host, CancellationToken cancellationToken)
    {
        try
        {
            return await ParseAndRunAsync(arguments, host, cancellationToken);
        }
#pragma warning disable CA1031 // the one place that catches everything: exceptions become exit codes here
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Fail(exception, host, cancellationToken.IsCancellationRequested);
        }
    }

    private static async Task<int> ParseAndRunAsync(string[] arguments, CliHost host, CancellationToken cancellationToken)
    {
        RootCommand root = Create(host);
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
            throw ParseFailure.Of(parsed);

        int exitCode = await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = host.Output,
                Error = host.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            },
            cancellationToken);
        await host.Output.FlushAsync(CancellationToken.None);
        return exitCode;
    }

    private static int Fail(Exception exception, CliHost host, bool isInterrupted)
    {
        Failure failure = Failure.Of(exception, isInterrupted);
        Complaint.Write(host, "error", failure.Message);
        if (failure.Hint is not null)
            Complaint.Write(host, "hint", failure.Hint);
        if (host.IsDebugging)
            host.Error.WriteLine(exception);
        return failure.ExitCode;
    }
}
