using System.Text.Json;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Tests.Generation;

namespace Kelvin.Cli.Tests.Inspection;

public sealed class InspectCheckpointTests
{
    private static readonly string Models = Path.Combine(Repository.Root, "tests", "fixtures", "models");

    /// <summary>Every fixture that must not be inspected, and what its error says.</summary>
    public static TheoryData<string, string> Bad { get; } = new()
    {
        { "bad/empty.safetensors", "no 8-byte header length" },
        { "bad/truncated-data.safetensors", "tensor b: ends at byte 28" },
        { "bad/json-bomb-nesting.safetensors", "nested too deep" },
        { "bad/nan-weights.safetensors", "tensor a has non-finite weights: 1 NaN, 1 Inf" },
        { "bad/ok.safetensors", "is a sound safetensors file of 2 tensors, but weights alone are no model" },
        { "bad/dir-missing-tensor", "Missing tensor model.layers.0.self_attn.v_proj.weight" },
        { "bad/dir-index-missing-shard", "Missing shard file model-00002-of-00002.safetensors" },
        { "bad/dir-nan", "tensor model.layers.0.mlp.up_proj.weight has non-finite weights: 1 NaN, 0 Inf" },
        { "bad/dir-unknown-arch", "Unsupported architecture mamba" },
        { "bad/dir-no-weights", "no model.safetensors nor model.safetensors.index.json" },
        { "bad", "config.json" },
        { "bad/nowhere.safetensors", "There is no such file" },
        { "bad/dir-token-out-of-range --tokens 1,16", "--tokens has '16', but must hold a whole number from 0 to 15" },
        { "bad/dir-token-out-of-range --tokens -1", "--tokens has '-1', but must hold a whole number from 0 to 15" },
        { "bad/dir-ok --text abc", "has no tokenizer.json" },
        { "bad/dir-ok --tokens 1 --text abc", "More than one text is given" },
        { "bad/dir-ok --dim a=1", "--dim is for ONNX models" },
        { "bad/dir-ok --input nowhere.txt", "There is no file nowhere.txt (the text)" },
        { "bad/dir-ok --input bad/dir-ok/config.json", "holds no array" },
        { "bad/README.md --text abc", "--text is for a checkpoint's folder" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_cannot_be_inspected_ends_with_2_and_names_its_fault(string line, string error)
    {
        CliRun run = await CliRun.OfAsync(["inspect", .. line.Split(' ')], Models);

        string[] lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains(error, lines[0], StringComparison.Ordinal);
        Assert.StartsWith("hint: ", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_malformed_file_of_the_fixtures_ends_with_2_and_a_hint()
    {
        string[] sound = ["dir-ok", "dir-token-out-of-range"];
        foreach (string path in Directory.EnumerateFileSystemEntries(Path.Combine(Models, "bad")).Where(path => !sound.Contains(Path.GetFileName(path), StringComparer.Ordinal)))
        {
            CliRun run = await CliRun.OfAsync(["inspect", path], Models);

            Assert.Equal((ExitCode.Usage, "", 2), (run.ExitCode, run.Output, run.Error.Split('\n').Count(line => line.StartsWith("error: ", StringComparison.Ordinal) || line.StartsWith("hint: ", StringComparison.Ordinal))));
        }
    }

    [Theory]
    [InlineData("model.gguf", "GGUF", "is a GGUF model")]
    [InlineData("pytorch_model.bin", "PK\u0003\u0004....", "is a zip archive, as PyTorch writes its pickles")]
    [InlineData("weights.ckpt", "....", "is a PyTorch pickle by its name")]
    [InlineData("weights.pth", "....", "is a PyTorch pickle by its name")]
    [InlineData("weights.pt", "....", "is a PyTorch pickle by its name")]
    public async Task Files_of_other_formats_are_refused_by_name_with_the_way_to_convert_alone_and_in_a_folder(string name, string content, string error)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), content, TestContext.Current.CancellationToken);

        CliRun alone = await CliRun.OfAsync(["inspect", name], folder.FullName);
        CliRun inFolder = await CliRun.OfAsync(["inspect", "."], folder.FullName);

        Assert.Equal((ExitCode.Usage, ExitCode.Usage), (alone.ExitCode, inFolder.ExitCode));
        Assert.Contains(error, alone.Error, StringComparison.Ordinal);
        Assert.Contains("hint: ", alone.Error, StringComparison.Ordinal);
        Assert.Contains($"only {name}", inFolder.Error, StringComparison.Ordinal);
        Assert.Contains("save_pretrained", inFolder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_answers_in_a_sentence_and_shows_every_head_in_80_columns()
    {
        using var folder = new TemporaryFolder();
        LettersModel.Write(Path.Combine(folder.FullName, "letters"));

        CliRun run = await CliRun.OfAsync(["inspect", "letters", "--text", "a bad head had a cage\nabbdage"], folder.FullName);

        Assert.Equal((ExitCode.Good, ""), (run.ExitCode, run.Error));
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, CliHost.PipedWidth));
        Golden.Matches(run.Output, "inspect-letters");
    }

    [Fact]
    public async Task The_document_has_every_head_and_the_output_head_with_its_calibration()
    {
        using var folder = new TemporaryFolder();
        string ids = Path.Combine(folder.FullName, "ids.json");
        await File.WriteAllTextAsync(ids, $"[{string.Join(", ", Enumerable.Range(0, 60).Select(i => i * i % 257))}]", TestContext.Current.CancellationToken);

        CliRun run = await CliRun.OfAsync(["inspect", "tiny-gpt2", "--input", ids, "--json"], Models);

        using var document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        Assert.Equal(("kelvin.inspect/1", "safetensors"), (root.GetProperty("schema").GetString(), root.GetProperty("format").GetString()));
        JsonElement sites = root.GetProperty("softmaxes");
        Assert.Equal(4, sites.GetArrayLength());
        Assert.Equal("h.1.attn", sites[1].GetProperty("node").GetString());
        JsonElement head = sites[1].GetProperty("heads")[3];
        Assert.InRange(head.GetProperty("effectiveTemperature").GetDouble(), 0.01, 100);
        Assert.InRange(head.GetProperty("firstKeyMass").GetProperty("mean").GetDouble(), 0, 1);
        Assert.Equal("output", sites[3].GetProperty("kind").GetString());
        JsonElement output = root.GetProperty("output");
        Assert.Equal(59, output.GetProperty("labels").GetInt32());
        Assert.Equal(output.GetProperty("nll").GetDouble(), output.GetProperty("ladder").EnumerateArray().Single(step => step.GetProperty("temperature").GetDouble() == 1).GetProperty("nll").GetDouble(), 1e-9);
        Assert.True(output.TryGetProperty("fit", out JsonElement fit) && fit.ValueKind == JsonValueKind.Object);
    }

    [Fact]
    public async Task Without_a_text_it_makes_tokens_up_and_says_nothing_about_calibration()
    {
        string[] command = ["inspect", "tiny-llama-gqa", "--json", "--seed", "3"];

        CliRun run = await CliRun.OfAsync(command, Models);

        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal("generated: uniform over the vocabulary", document.RootElement.GetProperty("inputs")[0].GetProperty("origin").GetString());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("output").ValueKind);
        Assert.Equal(run.Output, (await CliRun.OfAsync([.. command, "--threads", "1"], Models)).Output);
    }

    [Fact]
    public async Task A_text_longer_than_the_context_is_refused_with_both_numbers_unless_its_start_is_asked_for()
    {
        string tokens = string.Join(',', Enumerable.Repeat("1", 70));

        CliRun run = await CliRun.OfAsync(["inspect", "tiny-gpt2", "--tokens", tokens], Models);
        CliRun start = await CliRun.OfAsync(["inspect", "tiny-gpt2", "--tokens", tokens, "--max-tokens", "64"], Models);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("The text has 70 tokens, but the model's context is 64.", run.Error, StringComparison.Ordinal);
        Assert.Contains("--max-tokens 64", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Good, start.ExitCode);
        Assert.Contains("the first of 70", start.Output, StringComparison.Ordinal);
    }
}
