using System.CommandLine;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;
using Kelvin.Reports;

namespace Kelvin.Cli.Lab;

/// <summary>A command of <c>kelvin lab</c>: it measures, then says the same numbers as text, as JSON and as a page.</summary>
/// <remarks>
/// <para>Every experiment has <c>--quick</c>, <c>--seed</c>, <c>--threads</c>, <c>--json</c> and <c>--html</c>; a derived class adds its own options
/// in its constructor. Same options and seed, same result on any number of threads.</para>
/// <para>Nothing is written before everything is known; an interrupted experiment leaves no file but its journal, if it keeps one.</para>
/// </remarks>
/// <typeparam name="TResult">What the experiment finds.</typeparam>
internal abstract class LabExperiment<TResult> : KelvinCommand
    where TResult : notnull
{
    private readonly Option<bool> _quick = new("--quick") { Description = "Fewer seeds and less work: seconds instead of minutes." };
    private readonly Option<bool> _json = Flags.Json();
    private readonly Option<string?> _html = Flags.Text("--html", "FILE", "Write a report as a self-contained page.");

    protected LabExperiment(CliHost host, string name, string description, params CommandExample[] examples)
        : base(host, name, description, examples)
    {
        foreach (Option option in new Option[] { _quick, Settings.Seed.CreateOption(), Settings.Threads.CreateOption(), _json, _html })
            Options.Add(option);
    }

    /// <summary>Does the work: checks the options first, then measures.</summary>
    protected abstract TResult Measure(LabRun run);

    /// <summary>The JSON document; its first key is <c>schema</c>, such as <c>kelvin.lab.stability/1</c>.</summary>
    protected abstract object Document(LabRun run, TResult result);

    /// <summary>The page of <c>--html</c>.</summary>
    protected abstract ReportPage Page(LabRun run, TResult result);

    /// <summary>The text: the answer in a sentence, then the numbers, in 80 columns.</summary>
    protected abstract void Print(LabRun run, TResult result);

    /// <summary>What the process ends with once the experiment is done; 0 unless its answer can be no.</summary>
    protected virtual int ExitCodeOf(TResult result) => ExitCode.Good;

    protected sealed override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        SettingsFile file = SettingsFile.Read(Host);
        string? html = arguments.GetValue(_html);
        using var progress = new LabProgress(Host);
        var run = new LabRun(Host, arguments, progress, cancellationToken)
        {
            IsQuick = arguments.GetValue(_quick),
            Seed = Settings.Seed.Resolve(arguments, Host, file).Value,
            Threads = Settings.Threads.Resolve(arguments, Host, file).Value,
        };
        if (html is not null)
            AtomicFile.CheckWritable(Host.FullPath(html), html);

        TResult result = Measure(run);
        cancellationToken.ThrowIfCancellationRequested();
        progress.Dispose();
        if (html is not null)
            AtomicFile.WriteText(Host.FullPath(html), HtmlReport.Render(Page(run, result)));

        if (arguments.GetValue(_json))
            JsonOutput.Print(Host, Document(run, result));
        else
            Print(run, result);
        if (html is not null && !arguments.GetValue(_json))
            Host.Write($"\nThe report is in {Host.ShortPath(html)}.");
        return Task.FromResult(ExitCodeOf(result));
    }
}
