using System.Text.Json;
using Kelvin.Cli.Frame;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Cli.Tests.Training;

public sealed class LanguageTrainingTests
{
    private const string Sums = """
        data: { source: sums.jsonl }
        model: { width: 16, layers: 1, heads: 2, context: 16 }
        tokenizer: { kind: characters }
        training: { steps: 40, sequences: 8, validate_steps: 10 }
        output: { checkpoint_steps: 10, head_steps: 5 }
        """;

    [Fact]
    public async Task A_transformer_learns_prompts_and_its_folder_generates()
    {
        using TemporaryFolder folder = WithSums();

        CliRun run = await CliRun.OfAsync(["train", "sums.yaml", "--json"], folder.FullName);
        CliRun generated = await CliRun.OfAsync(["generate", "--model", "runs/sums/model", "--prompt", "1+2=", "--json"], folder.FullName);

        Assert.True(run.ExitCode == ExitCode.Good, run.Error);
        using JsonDocument summary = JsonDocument.Parse(run.Output);
        Assert.Equal("kelvin.train.transformer/1", summary.RootElement.GetProperty("schema").GetString());
        Assert.Equal("completed", summary.RootElement.GetProperty("seeds")[0].GetProperty("status").GetString());
        Assert.InRange(summary.RootElement.GetProperty("seeds")[0].GetProperty("validationLoss").GetDouble(), 0.1, 2.6);   // uniform over 13 tokens is 2.56
        Assert.Equal(
            "runs/sums/metrics.csv runs/sums/model/config.json runs/sums/model/model.safetensors runs/sums/model/tokenizer.json runs/sums/report.html runs/sums/run.checkpoint runs/sums/train.json sums.jsonl sums.yaml",
            folder.Files());
        Assert.Contains("softmax.entropy.normalized.0.1", (await folder.ReadAsync("runs/sums/metrics.csv")).Split('\n')[0], StringComparison.Ordinal);
        Assert.True(generated.ExitCode == ExitCode.Good, generated.Error);
    }

    [Fact]
    public async Task What_the_attention_of_a_model_does_stands_in_its_folder_and_is_done_again_there()
    {
        using TemporaryFolder folder = WithSums();
        folder.Write("sums.yaml", Sums.Replace("context: 16 }", "context: 16, window: 6, soft_cap: 5, alibi: true, sinks: true, query_key_norm: true }", StringComparison.Ordinal));

        CliRun trained = await CliRun.OfAsync(["train", "sums.yaml"], folder.FullName);
        CliRun generated = await CliRun.OfAsync(["generate", "--model", "runs/sums/model", "--prompt", "1+2=", "--json"], folder.FullName);

        Assert.True(trained.ExitCode == ExitCode.Good, trained.Error);
        TransformerConfig config = ConfigFile.Load(Path.Combine(folder.FullName, "runs/sums/model/config.json"));
        Assert.True(config is { Window: 6, SoftCap: 5, HasAlibi: true, HasSinks: true, HasQueryKeyNorm: true, Rotary: null });
        Assert.True(generated.ExitCode == ExitCode.Good, generated.Error);
    }

    [Fact]
    public async Task A_run_that_was_killed_resumes_to_the_same_files()
    {
        using TemporaryFolder folder = WithSums();
        await CliRun.OfAsync(["train", "sums.yaml", "--steps", "600", "--out", "whole"], folder.FullName);
        using (ChildProcess child = ChildProcess.Start(folder.FullName, "train", "sums.yaml", "--steps", "600", "--out", "broken"))
        {
            while (!File.Exists(Path.Combine(folder.FullName, "broken", "run.checkpoint")) && !child.HasExited)
                await Task.Delay(5, TestContext.Current.CancellationToken);
            child.Signal("KILL");
            await child.EndAsync();
        }

        foreach (string partial in Directory.EnumerateFiles(Path.Combine(folder.FullName, "broken"), "*" + AtomicFile.PartialEnding))
            File.Delete(partial);
        CliRun resumed = await CliRun.OfAsync(["train", "sums.yaml", "--steps", "600", "--out", "broken", "--resume"], folder.FullName);

        Assert.True(resumed.ExitCode == ExitCode.Good, resumed.Error);
        foreach (string file in new[] { "train.json", "metrics.csv", "report.html", "model/model.safetensors", "model/config.json" })
            Assert.Equal(await BytesAsync(folder, "whole/" + file), await BytesAsync(folder, "broken/" + file));
    }

    [Theory]
    [InlineData("data: { source: text.txt }\nmodel: { widht: 16 }\n", "error: run.yaml:2:10: there is no key 'widht' in model.", "Did you mean width?")]
    [InlineData("data: { source: text.txt }\nmodel: { width: 16 }\ntraining: { steps: 9, averaged_steps: 10 }\n", "error: run.yaml:3:23: training.averaged_steps is 10, but the run has 9 steps.", "Average over fewer")]
    [InlineData("data: { source: text.txt }\nmodel: { width: 15, heads: 2 }\n", "error: run.yaml:2:10: model.width is 15, but must be a multiple of the 2 heads.", "Take 16.")]
    [InlineData("data: { source: gone.txt }\nmodel: { width: 16 }\n", "error: run.yaml:1:9: data.source names gone.txt, but there is no such file or folder.", "Built in is tasks")]
    [InlineData("data: { source: empty.txt }\nmodel: { width: 16 }\n", "error: run.yaml:1:9: empty.txt holds no text.", "Give text")]
    [InlineData("data: { source: text.txt }\nmodel: { width: 16 }\n", "error: run.yaml:1:9: text.txt has 12 tokens, but 514 are needed", "data.length")]
    [InlineData("data: { source: text.txt, length: 40 }\nmodel: { width: 16, context: 32 }\n", "error: run.yaml:1:27: data.length is 40, but the model's context is 32.", "raise model.context")]
    [InlineData("data: { source: text.txt }\nmodel: { width: 16, vocabulary: 100 }\n", "error: run.yaml:2:21: model.vocabulary is 100, but the tokenizer has 257 tokens.", "Leave it out")]
    [InlineData("data: { source: latin1.txt }\nmodel: { width: 16 }\n", "error: latin1.txt: byte 1 is not UTF-8.", "Save the file as UTF-8")]
    [InlineData("data: { source: bad.jsonl }\nmodel: { width: 16 }\n", "error: bad.jsonl:2: completion is missing, empty or no text.", "Each line is an object")]
    [InlineData("data: { source: sums.jsonl }\nmodel: { width: 16, context: 4 }\n", "error: sums.jsonl:", "raise data.length and model.context")]
    [InlineData("data: { source: [text.txt, sums.jsonl] }\nmodel: { width: 16 }\n", "error: run.yaml:1:9: data.source names 1 files of prompts (.jsonl) and 1 of running text", "data.format")]
    [InlineData("data: { source: text.txt }\nmodel: { width: 16 }\ntokenizer: { kind: file }\n", "error: run.yaml:3:14: tokenizer.kind is file, but tokenizer.file is missing.", "Add `file:`")]
    [InlineData("data: { source: text.txt }\nmodel: { width: 16 }\ntokenizer: { kind: file, file: gone.json }\n", "error: run.yaml:3:26: tokenizer.file is gone.json, but there is no such file.", "Looked for")]
    [InlineData("data: { source: text.txt }\nmodel: { width: 16 }\ntokenizer: { kind: file, file: text.txt }\n", "error: run.yaml:3:26: text.txt: ", "")]
    public async Task What_cannot_be_trained_is_refused_with_its_place(string configuration, string error, string hint)
    {
        using TemporaryFolder folder = WithSums();
        folder.Write("text.txt", "Hello world");
        folder.Write("empty.txt", " \n");
        folder.Write("bad.jsonl", "{\"prompt\": \"a\", \"completion\": \"b\"}\n{\"prompt\": \"a\"}\n");
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "latin1.txt"), [(byte)'a', 0xE4], TestContext.Current.CancellationToken);
        folder.Write("run.yaml", configuration);
        string before = folder.Files();

        CliRun run = await CliRun.OfAsync(["train", "run.yaml"], folder.FullName);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith(error, run.Error, StringComparison.Ordinal);
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, folder.Files());
    }

    [Fact]
    public async Task Epochs_are_for_networks_and_steps_for_transformers()
    {
        using TemporaryFolder folder = WithSums();
        folder.Write("quick.yaml", TrainConfigs.Quick);

        CliRun epochs = await CliRun.OfAsync(["train", "sums.yaml", "--epochs", "3"], folder.FullName);
        CliRun steps = await CliRun.OfAsync(["train", "quick.yaml", "--steps", "3"], folder.FullName);

        Assert.StartsWith("error: --epochs is not for sums.yaml, which has a section model.", epochs.Error, StringComparison.Ordinal);
        Assert.StartsWith("error: --steps is not for quick.yaml, which has no section model.", steps.Error, StringComparison.Ordinal);
    }

    private static TemporaryFolder WithSums()
    {
        var folder = new TemporaryFolder();
        folder.Write("sums.yaml", Sums);
        folder.Write("sums.jsonl", string.Concat(from a in Enumerable.Range(0, 10)
                                                from b in Enumerable.Range(0, 10)
                                                select FormattableString.Invariant($"{{\"prompt\": \"{a}+{b}=\", \"completion\": \"{a + b}\"}}\n")));
        return folder;
    }

    private static Task<byte[]> BytesAsync(TemporaryFolder folder, string file) =>
        File.ReadAllBytesAsync(Path.Combine(folder.FullName, file), TestContext.Current.CancellationToken);
}
