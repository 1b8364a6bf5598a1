using System.CommandLine;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Training.Config;
using Kelvin.Networks;

namespace Kelvin.Cli.Training;

/// <summary>A training configuration with flags and variables applied: all that is to be done, and where.</summary>
/// <param name="Config">The configuration and its places.</param>
/// <param name="Name">What the run is called.</param>
/// <param name="Folder">Full path of the folder for results.</param>
/// <param name="Seeds">One run each.</param>
/// <param name="Epochs">Passes through the data.</param>
/// <param name="Threads">Threads at most.</param>
internal sealed record TrainPlan(
    BoundConfig<TrainConfig> Config, string Name, string Folder, IReadOnlyList<int> Seeds, int Epochs, int Threads)
{
    /// <summary>Reads the file and lets flags and variables win.</summary>
    public static TrainPlan Make(CliHost host, ParseResult arguments, string path, int? epochs)
    {
        BoundConfig<TrainConfig> bound = ConfigBinder.Read<TrainConfig>(host, path, "a training configuration");
        TrainConfig config = bound.Value;
        SettingsFile settings = SettingsFile.Read(host);
        string name = config.Name ?? Path.GetFileNameWithoutExtension(path);

        Resolved<string>? folderInFile = config.Output.Folder is { } folder
            ? new(Path.GetFullPath(folder, Path.GetDirectoryName(host.FullPath(path))!), SettingSource.File, bound.Place("output.folder"))
            : null;
        string outFolder = Settings.Out.Resolve(
            arguments, host, settings, folderInFile, new(Path.Combine("runs", name), SettingSource.Default, "default")).Value;

        bool hasSeeds = bound.Marks.ContainsKey("training.seeds");
        Resolved<int> seed = Settings.Seed.Resolve(
            arguments, host, settings, hasSeeds ? new(-1, SettingSource.File, bound.Place("training.seeds")) : null);
        return new TrainPlan(
            bound,
            name,
            host.FullPath(outFolder),
            seed.Value < 0 ? config.Training.Seeds : [seed.Value],
            epochs ?? config.Training.Epochs,
            Settings.Threads.Resolve(arguments, host, settings).Value);
    }

    /// <summary>The network for some data.</summary>
    public NetworkOptions Network(TrainData data)
    {
        NetworkConfig network = Config.Value.Network;
        return new NetworkOptions
        {
            Inputs = data.All.FeatureCount,
            Hidden = network.Hidden,
            Outputs = data.All.ClassCount,
            Activation = network.Activation,
            Parametrisation = network.Parametrisation,
            Temperature = network.Temperature,
            TrainOutputWeights = network.TrainOutput,
            UseBias = network.Bias,
            InitialScale = network.InitialScale,
            OutputInitialScale = network.OutputInitialScale,
            SymmetricStart = network.SymmetricStart,
        };
    }

    /// <summary>How the run of one seed is trained.</summary>
    public TrainingOptions Training(int seed)
    {
        TrainConfig config = Config.Value;
        return new TrainingOptions
        {
            Loss = new LossOptions
            {
                Kind = config.Loss.Kind,
                Reduction = config.Loss.Reduction,
                LabelSmoothing = config.Loss.LabelSmoothing,
            },
            Optimiser = new OptimiserOptions
            {
                Kind = config.Optimiser.Kind,
                LearningRate = config.Optimiser.LearningRate,
                Momentum = config.Optimiser.Momentum,
                Beta1 = config.Optimiser.Beta1,
                Beta2 = config.Optimiser.Beta2,
                Epsilon = config.Optimiser.Epsilon,
                WeightDecay = config.Optimiser.WeightDecay,
            },
            Schedule = new ScheduleOptions
            {
                Kind = config.Schedule.Kind,
                WarmupSteps = config.Schedule.WarmupSteps,
                FinalShare = config.Schedule.FinalShare,
            },
            ClipNorm = config.Optimiser.ClipNorm,
            BatchSize = config.Training.BatchSize,
            Epochs = Epochs,
            Seed = seed,
            Patience = config.Training.Patience,
            SelectBy = config.Training.SelectBy,
            Threads = Threads,
        };
    }

    /// <summary>The folder of one seed: the results' own if there is only one.</summary>
    public string FolderOf(int seed) =>
        Seeds.Count == 1 ? Folder : Path.Combine(Folder, FormattableString.Invariant($"seed-{seed}"));
}
