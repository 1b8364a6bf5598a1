using System.CommandLine;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;
using Kelvin.Reports;

namespace Kelvin.Cli.Demo;

/// <summary><c>kelvin demo</c>: the whole product on real data, offline, in a minute or two.</summary>
internal sealed class DemoCommand : KelvinCommand
{
    private readonly Option<bool> _quick = new("--quick") { Description = "Fewer seeds, smaller networks, fewer steps: seconds instead of a minute or two." };
    private readonly Option<bool> _json = Flags.Json();
    private readonly Func<int, bool, DemoPlan> _plan;

    public DemoCommand(CliHost host)
        : this(host, (seed, quick) => quick ? DemoPlan.Quick(seed) : DemoPlan.Full(seed))
    {
    }

    /// <summary>For tests: another amount of work.</summary>
    internal DemoCommand(CliHost host, Func<int, bool, DemoPlan> plan)
        : base(
            host,
            "demo",
            "Show the whole product on real data, offline: train, watch, measure, calibrate, report.",
            new CommandExample("kelvin demo", "Takes a minute or two; writes a report and its numbers to kelvin-demo."),
            new CommandExample("kelvin demo --quick --out demo", "Takes ten to thirty seconds; writes to another folder."))
    {
        _plan = plan;
        foreach (Option option in new Option[]
        {
            Settings.Out.CreateOption(), _quick, Settings.Seed.CreateOption(), Settings.Threads.CreateOption(), _json,
        })
        {
            Options.Add(option);
        }
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        SettingsFile file = SettingsFile.Read(Host);
        var ownFolder = new Resolved<string>("kelvin-demo", SettingSource.Default, "default");
        string folder = Host.FullPath(Settings.Out.Resolve(arguments, Host, file, otherwise: ownFolder).Value);
        int seed = Settings.Seed.Resolve(arguments, Host, file).Value;
        int threads = Settings.Threads.Resolve(arguments, Host, file).Value;
        using var output = DemoFolder.Prepare(Host, folder);

        long start = Host.Time.GetTimestamp();
        DemoResult result;
        using (var progress = new DemoProgress(Host))
            result = new DemoStages(_plan(seed, arguments.GetValue(_quick)), threads, progress).Run(cancellationToken);

        IReadOnlyList<DemoFinding> findings = DemoFindings.Of(result);
        TimeSpan elapsed = Host.Time.GetElapsedTime(start);
        DemoAnswer answer = DemoDocument.Of(result, findings, elapsed, threads);
        cancellationToken.ThrowIfCancellationRequested();
        output.Write(HtmlReport.Render(DemoPage.Of(result, findings, elapsed)), JsonOutput.Of(answer) + "\n");

        if (arguments.GetValue(_json))
            JsonOutput.Print(Host, answer);
        else
            DemoText.Write(Host, result, findings, output, elapsed);
        return Task.FromResult(ExitCode.Good);
    }
}
