using System.Diagnostics;
using Kelvin.Cli.Frame;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Cli.Tests.Inspection;

[Trait("Speed", "Slow")]
public sealed class LargeCheckpointTests
{
    private const long MostBytes = 600L << 20;

    [Fact]
    public Task A_llama_of_2_GB_stays_within_600_MB_of_memory() => StaysSmall(new TransformerConfig
    {
        Family = ModelFamily.Llama,
        VocabularySize = 32_000,
        Context = 4096,
        Width = 2048,
        Layers = 10,
        Heads = 32,
        KeyValueHeads = 8,
        HeadSize = 64,
        FeedForwardWidth = 5632,
        Activation = ActivationKind.Silu,
        NormEpsilon = 1e-5,
        Rotary = new RotaryConfig { Theta = 10_000 },
        HasTiedEmbeddings = true,
    });

    [Fact]
    public Task A_gpt2_of_2_GB_which_keeps_its_matrices_transposed_stays_within_600_MB_of_memory() => StaysSmall(new TransformerConfig
    {
        Family = ModelFamily.Gpt2,
        VocabularySize = 50_257,
        Context = 1024,
        Width = 4096,
        Layers = 2,
        Heads = 32,
        KeyValueHeads = 32,
        HeadSize = 128,
        FeedForwardWidth = 16_384,
        Activation = ActivationKind.GeluTanh,
        NormEpsilon = 1e-5,
        HasTiedEmbeddings = true,
        HasAttentionBias = true,
        HasFeedForwardBias = true,
    });

    private static async Task StaysSmall(TransformerConfig config)
    {
        using var folder = new TemporaryFolder();
        long bytes = RandomCheckpoint.Write(folder.FullName, config);
        string tokens = string.Join(',', Enumerable.Range(0, 512).Select(i => i * 37 % config.VocabularySize));
        long start = Stopwatch.GetTimestamp();

        using ChildProcess child = ChildProcess.Start(folder.FullName, "inspect", ".", "--tokens", tokens, "--html", "page.html");
        long peak = await child.PeakAsync();
        CliRun run = await child.EndAsync();

        TestContext.Current.TestOutputHelper!.WriteLine($"{bytes / 1e9:0.00} GB: {peak / 1e6:0} MB at most, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        Assert.True(run.ExitCode == ExitCode.Good, run.Error);
        Assert.InRange(bytes, 1_600_000_000, long.MaxValue);
        Assert.InRange(peak, 1, MostBytes);
    }
}
