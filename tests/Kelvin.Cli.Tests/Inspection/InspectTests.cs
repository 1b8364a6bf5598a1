using System.Text.Json;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Inspection;

public sealed class InspectTests
{
    private static readonly string Samples = Path.Combine(Repository.Root, "samples", "inspect");

    [Fact]
    public async Task It_answers_in_a_sentence_and_shows_every_softmax_in_80_columns()
    {
        CliRun run = await CliRun.OfAsync(["inspect", "attention.onnx", "--input", "x.json"], Samples);

        Assert.Equal((ExitCode.Good, ""), (run.ExitCode, run.Error));
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, CliHost.PipedWidth));
        Golden.Matches(run.Output, "inspect-attention");
    }

    [Fact]
    public async Task The_document_has_every_softmax_and_head_with_its_vitals()
    {
        CliRun run = await CliRun.OfAsync(["inspect", "encoder.onnx", "--dim", "batch=1", "--dim", "seq=16", "--json"], Samples);

        using var document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        Assert.Equal("kelvin.inspect/1", root.GetProperty("schema").GetString());
        Assert.Equal(2, root.GetProperty("softmaxes").GetArrayLength());
        JsonElement site = root.GetProperty("softmaxes")[1];
        Assert.Equal("encoder.layer.1.attention/Softmax", site.GetProperty("label").GetString());
        Assert.Equal("attention", site.GetProperty("kind").GetString());
        Assert.Equal(4, site.GetProperty("heads").GetArrayLength());
        JsonElement head = site.GetProperty("heads")[3];
        Assert.Equal((3, 16), (head.GetProperty("head").GetInt32(), head.GetProperty("rows").GetInt32()));
        Assert.InRange(head.GetProperty("normalizedEntropy").GetProperty("mean").GetDouble(), 0, 1);
        Assert.Equal(100, head.GetProperty("room").GetProperty("maxLogit").GetDouble() + head.GetProperty("room").GetProperty("toQkClip").GetDouble(), 1e-9);
        Assert.Equal("generated: ones", root.GetProperty("inputs")[1].GetProperty("origin").GetString());
    }

    [Fact]
    public async Task The_same_command_gives_the_same_bytes()
    {
        string[] command = ["inspect", "encoder.onnx", "--dim", "batch=2", "--dim", "seq=8", "--json", "--threads", "1"];

        Assert.Equal((await CliRun.OfAsync(command, Samples)).Output, (await CliRun.OfAsync(command, Samples)).Output);
    }

    [Fact]
    public async Task The_page_has_heat_maps_and_needs_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string page = Path.Combine(folder.FullName, "heads.html");

        CliRun run = await CliRun.OfAsync(["inspect", "attention.onnx", "--input", "x.json", "--html", page], Samples);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        string html = await folder.ReadAsync("heads.html");
        Assert.Contains("Every softmax of attention.onnx", html, StringComparison.Ordinal);
        Assert.Contains("Mean attention of the favourite key", html, StringComparison.Ordinal);
        Assert.Equal("heads.html", folder.Files());
    }

    [Theory]
    [InlineData("inspect nowhere.onnx", "There is no file nowhere.onnx")]
    [InlineData("inspect encoder.onnx", "has an open dimension, batch")]
    [InlineData("inspect encoder.onnx --dim batch", "--dim is 'batch', but must be NAME=N")]
    [InlineData("inspect encoder.onnx --dim batch=0", "--dim is 'batch=0'")]
    [InlineData("inspect attention.onnx --input y=x.json", "x.json names its tensors itself")]
    [InlineData("inspect attention.onnx --input README.md", "is no kind of input")]
    [InlineData("inspect x.json", "x.json is damaged or no ONNX model")]
    public async Task What_cannot_be_used_ends_with_2_and_says_how_to_mend_it(string line, string error)
    {
        CliRun run = await CliRun.OfAsync(line.Split(' '), Samples);

        string[] lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(error, lines[0], StringComparison.Ordinal);
        Assert.StartsWith("hint: ", lines[1], StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }
}
