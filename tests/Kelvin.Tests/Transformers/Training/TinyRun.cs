using System.Numerics;
using Kelvin.Networks;
using Kelvin.Tests.Transformers.Models;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;
using Kelvin.Transformers.Training;

namespace Kelvin.Tests.Transformers.Training;

/// <summary>A model that learns to count in a circle, in a few hundred quick steps.</summary>
internal static class TinyRun
{
    public static TransformerConfig Config { get; } = TinyModels.Llama(isTied: true);

    public static TransformerTrainingOptions Options { get; } = new()
    {
        Optimiser = new OptimiserOptions { Kind = OptimiserKind.AdamW, LearningRate = 0.02, WeightDecay = 0.01 },
        Schedule = new ScheduleOptions { Kind = ScheduleKind.Cosine, WarmupSteps = 5, FinalShare = 0.1 },
        Sequences = 4,
        Steps = 30,
        Seed = 3,
    };

    public static int[] Text { get; } = [.. Enumerable.Range(0, 400).Select(i => i * (1 + (i / 200)) % 7)];

    public static TransformerTrainer<T> Make<T>(TransformerTrainingOptions options, TransformerConfig? config = null, TokenSet? set = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(
        TransformerModel.Create<T>(config ?? Config, 5), set ?? TokenSet.OfText(Text, 8), TokenSet.OfText(Text.AsMemory(100), 8), options);

    public static byte[] Saved<T>(TransformerTrainer<T> trainer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        trainer.Save(stream);
        return stream.ToArray();
    }

    public static void Restore<T>(TransformerTrainer<T> trainer, byte[] saved)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream(saved);
        trainer.Restore(stream, "run.ckpt");
    }
}
