using Kelvin.Linear;
using Kelvin.Networks;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Networks;

/// <summary>A small labelled problem that every kind of network can learn, and runs on it.</summary>
internal static class TrainingRun
{
    public const int Classes = 3;

    public static NetworkOptions Network { get; } = new() { Inputs = 5, Hidden = 14, Outputs = Classes };

    public static TrainingOptions Options { get; } = new()
    {
        BatchSize = 16,
        Epochs = 6,
        Seed = 3,
        ClipNorm = 1,
        ValidateEverySteps = 4,
        Patience = 50,
        Optimiser = new OptimiserOptions { Kind = OptimiserKind.AdamW, LearningRate = 0.02, WeightDecay = 0.01 },
        Schedule = new ScheduleOptions { Kind = ScheduleKind.Cosine, WarmupSteps = 5 },
    };

    /// <summary>Clouds around one corner a class.</summary>
    public static TrainingSet<T> Clouds<T>(int rows, int seed, double spread = 0.5)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var random = new Xoshiro256StarStar(seed, false);
        MatrixView<T> inputs = MatrixView.Allocate<T>(rows, Network.Inputs);
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            labels[i] = i % Classes;
            for (int j = 0; j < inputs.Columns; j++)
                inputs[i, j] = T.CreateChecked((j == labels[i] ? 1 : 0) + (spread * Normal.Sample(random, 0, 1)));
        }

        return TrainingSet.Classification<T>(inputs, labels);
    }

    public static Trainer<T> Make<T>(TrainingOptions options, NetworkOptions? network = null)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        new(TwoLayerNetwork.Create<T>(network ?? Network, 7), Clouds<T>(90, 1), Clouds<T>(45, 2), options);

    /// <summary>Runs under the test's own cancellation token.</summary>
    public static TrainingResult Go<T>(this Trainer<T> trainer, ITrainingObserver? observer = null, long maxSteps = long.MaxValue)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        trainer.Run(observer, maxSteps, TestContext.Current.CancellationToken);

    public static byte[] Saved<T>(Trainer<T> trainer)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        trainer.Save(stream);
        return stream.ToArray();
    }

    public static void Restore<T>(Trainer<T> trainer, byte[] saved)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream(saved);
        trainer.Restore(stream, "run.ckpt");
    }
}
