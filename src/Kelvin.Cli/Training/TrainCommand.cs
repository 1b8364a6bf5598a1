using System.CommandLine;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Reports;

namespace Kelvin.Cli.Training;

/// <summary><c>kelvin train FILE.yaml</c>: trains a network on the user's data, watched, saved and calibrated.</summary>
internal sealed class TrainCommand : KelvinCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "What to train, on what, and how: a YAML file; docs/configuration.md lists its keys." };
    private readonly Option<int?> _epochs = Flags.WholeNumber("--epochs", "Passes through the data; beats training.epochs.", 1, 1_000_000);
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the checkpoint of an interrupted run." };
    private readonly Option<bool> _json = Flags.Json();

    public TrainCommand(CliHost host)
        : base(
            host,
            "train",
            "Train a network on your data, with every softmax watched and the result calibrated.",
            new CommandExample("kelvin train iris.yaml", "Trains, prints accuracy and calibration, writes runs/iris with a report."),
            new CommandExample("kelvin train iris.yaml --seed 7 --epochs 20 --out /tmp/iris", "The same with another seed, fewer epochs and another folder."),
            new CommandExample("kelvin train iris.yaml --resume", "Goes on after Ctrl-C, to the same result to the bit."))
    {
        Arguments.Add(_file);
        foreach (Option option in new Option[]
        {
            Settings.Out.CreateOption(), Settings.Seed.CreateOption(), _epochs, _resume, Settings.Threads.CreateOption(), _json,
        })
        {
            Options.Add(option);
        }
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        TrainPlan plan = TrainPlan.Make(Host, arguments, arguments.GetValue(_file)!, arguments.GetValue(_epochs));
        TrainData data = TrainData.Load(Host, plan.Config);
        bool resume = arguments.GetValue(_resume);
        RunFolder.Prepare(Host, plan, resume);

        List<SeedResult> results = [];
        foreach (int seed in plan.Seeds)
            results.Add(new SeedRun(Host, plan, data, seed).Run(resume, cancellationToken));

        TrainSummary summary = TrainSummary.Of(plan, data, results);
        if (plan.Config.Value.Output.Report)
            AtomicFile.WriteText(RunFolder.Report(plan), HtmlReport.Render(TrainPage.Of(plan, data, summary, results)));
        AtomicFile.WriteText(RunFolder.Summary(plan), JsonOutput.Of(summary) + "\n");
        if (arguments.GetValue(_json))
            JsonOutput.Print(Host, summary);
        else
            TrainText.Write(Host, plan, summary);
        return Task.FromResult(results.Exists(result => result.Training.Status == TrainingStatus.Diverged) ? ExitCode.No : ExitCode.Good);
    }
}
