using System.CommandLine;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Training.Language.Config;
using Kelvin.Networks;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;
using Kelvin.Transformers.Training;

namespace Kelvin.Cli.Training.Language;

/// <summary>The configuration of a transformer's training with flags and variables applied.</summary>
/// <param name="Config">The configuration and its places.</param>
/// <param name="Place">What it is called, where it writes, and from which seeds it starts.</param>
/// <param name="Steps">Steps of the run.</param>
internal sealed record LanguagePlan(BoundConfig<LanguageConfig> Config, RunPlace Place, int Steps)
{
    /// <summary>Takes what was read and lets flags and variables win.</summary>
    public static LanguagePlan Make(CliHost host, ParseResult arguments, BoundConfig<LanguageConfig> bound, int? steps)
    {
        LanguageConfig config = bound.Value;
        RunPlace place = RunPlace.Of(host, arguments, bound, config.Name, config.Output.Folder, config.Training.Seeds);
        return new LanguagePlan(bound, place, steps ?? config.Training.Steps);
    }

    /// <summary>How the run of one seed is trained.</summary>
    public TransformerTrainingOptions Training(int seed)
    {
        LanguageConfig config = Config.Value;
        return new TransformerTrainingOptions
        {
            Optimiser = new OptimiserOptions
            {
                Kind = OptimiserKind.AdamW,
                LearningRate = config.Optimiser.LearningRate,
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
            Remedies = new Remedies
            {
                ClipNorm = config.Remedies.ClipNorm,
                ZLoss = config.Remedies.ZLoss,
                QueryKeyClip = config.Remedies.QkClip,
            },
            Sequences = config.Training.Sequences,
            Accumulation = config.Training.Accumulation,
            Steps = Steps,
            AveragedSteps = config.Training.AveragedSteps is { } averaged ? Math.Min(averaged, Steps) : null,
            Seed = seed,
            KeepsOrder = config.Training.KeepOrder,
            ValidateEverySteps = config.Training.ValidateSteps,
            Threads = Place.Threads,
        };
    }

    /// <summary>The element type of the weights that are written.</summary>
    public TensorType WeightType => Config.Value.Output.Weights switch
    {
        WeightFile.F16 => TensorType.F16,
        WeightFile.Bf16 => TensorType.BF16,
        _ => TensorType.F32,
    };
}
