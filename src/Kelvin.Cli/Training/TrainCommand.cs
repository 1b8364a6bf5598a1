using System.CommandLine;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Training.Config;
using Kelvin.Cli.Training.Language;
using Kelvin.Cli.Training.Language.Config;
using Kelvin.Networks;
using Kelvin.Reports;
using YamlDotNet.RepresentationModel;

namespace Kelvin.Cli.Training;

/// <summary><c>kelvin train FILE.yaml</c>: trains a network or a transformer on the user's data, watched, saved and calibrated.</summary>
internal sealed class TrainCommand : KelvinCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "What to train, on what, and how: a YAML file; docs/configuration.md lists its keys." };
    private readonly Option<int?> _epochs = Flags.WholeNumber("--epochs", "Passes through the data; beats training.epochs.", 1, 1_000_000);
    private readonly Option<int?> _steps = Flags.WholeNumber("--steps", "Steps of a transformer; beats training.steps.", 1, 100_000_000);
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the checkpoint of an interrupted run." };
    private readonly Option<bool> _json = Flags.Json();

    public TrainCommand(CliHost host)
        : base(
            host,
            "train",
            "Train a network or a transformer on your data, with every softmax watched.",
            new CommandExample("kelvin train iris.yaml", "Trains, prints accuracy and calibration, writes runs/iris with a report."),
            new CommandExample("kelvin train iris.yaml --seed 7 --epochs 20 --out iris", "The same with another seed, fewer epochs and another folder."),
            new CommandExample("kelvin train sums.yaml --steps 20", "Trains a transformer, since the file has a section model."),
            new CommandExample("kelvin train iris.yaml --resume", "Goes on after Ctrl-C, to the same result to the bit."))
    {
        Arguments.Add(_file);
        foreach (Option option in new Option[]
        {
            Settings.Out.CreateOption(), Settings.Seed.CreateOption(), _epochs, _steps, _resume, Settings.Threads.CreateOption(), _json,
        })
        {
            Options.Add(option);
        }
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string file = arguments.GetValue(_file)!;
        YamlMappingNode root = YamlFile.Read(Host, file, "a training configuration");
        bool isTransformer = root.Children.ContainsKey(new YamlScalarNode("model"));
        (Option<int?> other, string remedy) = isTransformer ? (_epochs, "A transformer is trained for --steps.") : (_steps, "A network is trained for --epochs.");
        if (arguments.GetValue(other) is not null)
            throw new UsageException($"{other.Name} is not for {file}, which {(isTransformer ? "has a section model" : "has no section model")}.", remedy);

        bool resume = arguments.GetValue(_resume);
        bool json = arguments.GetValue(_json);
        return Task.FromResult(isTransformer
            ? LanguageTraining.Run(Host, LanguagePlan.Make(Host, arguments, ConfigBinder.Bind<LanguageConfig>(root, file), arguments.GetValue(_steps)), resume, json, cancellationToken)
            : TrainNetwork(TrainPlan.Make(Host, arguments, ConfigBinder.Bind<TrainConfig>(root, file), arguments.GetValue(_epochs)), resume, json, cancellationToken));
    }

    private int TrainNetwork(TrainPlan plan, bool resume, bool json, CancellationToken cancellationToken)
    {
        TrainData data = TrainData.Load(Host, plan.Config);
        RunFolder.Prepare(Host, plan.Place, resume);

        List<SeedResult> results = [];
        foreach (int seed in plan.Seeds)
            results.Add(new SeedRun(Host, plan, data, seed).Run(resume, cancellationToken));

        TrainSummary summary = TrainSummary.Of(plan, data, results);
        if (plan.Config.Value.Output.Report)
            AtomicFile.WriteText(RunFolder.Report(plan.Place), HtmlReport.Render(TrainPage.Of(plan, data, summary, results)));
        AtomicFile.WriteText(RunFolder.Summary(plan.Place), JsonOutput.Of(summary) + "\n");
        if (json)
            JsonOutput.Print(Host, summary);
        else
            TrainText.Write(Host, plan, summary);
        return results.Exists(result => result.Training.Status == TrainingStatus.Diverged) ? ExitCode.No : ExitCode.Good;
    }
}
