using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;
using Kelvin.Transformers.Training;

namespace Kelvin.Bench.Transformers;

/// <summary><c>torch PYTHON SCRIPT TEXT STEPS</c>: the same small GPT trained by Kelvin and by PyTorch from the same weights on the same batches: losses and tokens a second.</summary>
internal static class TorchComparison
{
    private const int Length = 256;
    private const int Threads = 2;
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static int Run(string python, string script, string text, int steps)
    {
        string folder = Directory.CreateTempSubdirectory("kelvin-torch-").FullName;
        try
        {
            TransformerConfig config = TrainingStep.Gpt2 with { VocabularySize = 256 };
            TransformerModel<float> model = TransformerModel.Create<float>(config, seed: 1);
            TokenSet set = TokenSet.OfText(Array.ConvertAll(Encoding.UTF8.GetBytes(File.ReadAllText(text)), value => (int)value), Length);
            var options = new TransformerTrainingOptions { Steps = steps, Sequences = 8, Threads = Threads, Seed = 1 };
            Export(folder, model, set, options);

            (double[] losses, double[] seconds) ours = Train(model, set, options);
            TorchRun theirs = RunTorch(python, script, folder);
            double worst = ours.losses.Zip(theirs.Losses).Max(pair => Math.Abs(pair.First - pair.Second) / pair.Second);
            double tokens = options.Sequences * Length;
            double ourSpeed = tokens / Median(ours.seconds);
            double theirSpeed = tokens / Median(theirs.Seconds);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"GPT-2, width {config.Width}, {config.Layers} layers, length {Length}, {steps} steps of {tokens:0} tokens, {Threads} threads, torch {theirs.Version}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"loss at steps 1, {steps / 2}, {steps}: ours {ours.losses[0]:F4} {ours.losses[(steps / 2) - 1]:F4} {ours.losses[^1]:F4}, torch {theirs.Losses[0]:F4} {theirs.Losses[(steps / 2) - 1]:F4} {theirs.Losses[^1]:F4}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"largest relative difference of losses {worst:P3} (goal at most 1 %)"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tokens/s of the median step: ours {ourSpeed:F0}, torch {theirSpeed:F0}, ratio {ourSpeed / theirSpeed:F2} (goal 1.5)"));
            return worst <= 0.01 && ourSpeed >= 1.5 * theirSpeed ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Export(string folder, TransformerModel<float> model, TokenSet set, TransformerTrainingOptions options)
    {
        using (FileStream weights = File.Create(Path.Combine(folder, "model.safetensors")))
            TransformerWriter.Write(weights, model.AsWeightSource());
        var batches = new TokenBatches(set, options.Sequences, options.Seed);
        using (var file = new BinaryWriter(File.Create(Path.Combine(folder, "batches.bin"))))
        {
            for (int step = 0; step < options.Steps; step++)
            {
                batches.Load(step);
                foreach (int token in batches.Tokens.Span)
                    file.Write(token);
                foreach (int label in batches.Labels.Span)
                    file.Write(label);
            }
        }

        TransformerConfig config = model.Config;
        File.WriteAllText(Path.Combine(folder, "run.json"), JsonSerializer.Serialize(
            new
            {
                config.Width,
                config.Layers,
                config.Heads,
                Epsilon = config.NormEpsilon,
                Length,
                options.Steps,
                options.Sequences,
                Threads,
                Rate = options.Optimiser.LearningRate,
                options.Optimiser.Beta1,
                options.Optimiser.Beta2,
                AdamEpsilon = options.Optimiser.Epsilon,
                Decay = options.Optimiser.WeightDecay,
                Clip = options.Remedies.ClipNorm,
                Warmup = options.Schedule.WarmupSteps,
                options.Schedule.FinalShare,
            },
            Json));
    }

    private static (double[] Losses, double[] Seconds) Train(TransformerModel<float> model, TokenSet set, TransformerTrainingOptions options)
    {
        var trainer = new TransformerTrainer<float>(model, set, null, options);
        double[] losses = new double[options.Steps];
        double[] seconds = new double[options.Steps];
        for (int step = 0; step < options.Steps; step++)
        {
            long start = Stopwatch.GetTimestamp();
            losses[step] = trainer.Run(maxSteps: 1).LastLoss;
            seconds[step] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return (losses, seconds);
    }

    private static TorchRun RunTorch(string python, string script, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(python, [script, folder]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<TorchRun>(output, Json)!
            : throw new InvalidOperationException($"{python} {script} ended with {process.ExitCode}; it needs torch and numpy.");
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private sealed record TorchRun
    {
        [JsonRequired]
        public string Version { get; init; } = "";

        [JsonRequired]
        public double[] Losses { get; init; } = [];

        [JsonRequired]
        public double[] Seconds { get; init; } = [];
    }
}
