using System.CommandLine;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Training.Config;
using Kelvin.Networks;

namespace Kelvin.Cli.Training;

/// <summary>A training configuration with flags and variables applied: all that is to be done, and where.</summary>
/// <param name="Config">The configuration and its places.</param>
/// <param name="Place">What it is called, where it writes, and from which seeds it starts.</param>
/// <param name="Epochs">Passes through the data.</param>
internal sealed record TrainPlan(BoundConfig<TrainConfig> Config, RunPlace Place, int Epochs)
{
    /// <summary>What the run is called.</summary>
    public string Name => Place.Name;

    /// <summary>One run each.</summary>
    public IReadOnlyList<int> Seeds => Place.Seeds;

    /// <summary>Threads at most.</summary>
    public int Threads => Place.Threads;

    /// <summary>Takes what was read and lets flags and variables win.</summary>
    public static TrainPlan Make(CliHost host, ParseResult arguments, BoundConfig<TrainConfig> bound, int? epochs)
    {
        TrainConfig config = bound.Value;
        RunPlace place = RunPlace.Of(host, arguments, bound, config.Name, config.Output.Folder, config.Training.Seeds);
        return new TrainPlan(bound, place, epochs ?? config.Training.Epochs);
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
}
