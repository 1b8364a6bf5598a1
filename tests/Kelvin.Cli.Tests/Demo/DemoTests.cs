using System.Text.Json;
using System.Text.Json.Nodes;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Demo;

public sealed class DemoTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_answers_in_80_columns_and_writes_a_report_and_a_document_and_nothing_else()
    {
        using var folder = new TemporaryFolder();

        CliRun run = await TinyDemo.RunAsync(folder.FullName, Cancel, "--quick");

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Equal("kelvin-demo/demo.json kelvin-demo/report.html", string.Join(" ", folder.Files()), StringComparer.Ordinal);
        Assert.Contains($"  file://{folder.FullName}/kelvin-demo/report.html\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("kelvin train", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n').Where(line => !line.Contains("file://", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, CliHost.PipedWidth));
    }

    [Fact]
    public async Task The_keys_of_its_document_are_those_that_the_docs_promise()
    {
        using var folder = new TemporaryFolder();

        CliRun run = await TinyDemo.RunAsync(folder.FullName, Cancel, "--quick", "--json", "--out", "here");

        var keys = new SortedSet<string>(StringComparer.Ordinal);
        Collect(JsonNode.Parse(run.Output)!, "$", keys);
        Golden.Matches(string.Join('\n', keys) + "\n", "demo-keys");
        Assert.Equal(run.Output, await File.ReadAllTextAsync(Path.Combine(folder.FullName, "here", "demo.json"), Cancel));
        Assert.Equal("kelvin.demo/1", JsonNode.Parse(run.Output)!["schema"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_document_on_one_thread_and_on_two_but_for_the_time()
    {
        using var folder = new TemporaryFolder();

        CliRun one = await TinyDemo.RunAsync(folder.FullName, Cancel, "--json", "--seed", "3", "--threads", "1", "--out", "one");
        CliRun two = await TinyDemo.RunAsync(folder.FullName, Cancel, "--json", "--seed", "3", "--threads", "2", "--out", "two");
        CliRun other = await TinyDemo.RunAsync(folder.FullName, Cancel, "--json", "--seed", "4", "--threads", "2", "--out", "other");

        Assert.Equal(WithoutTime(one.Output), WithoutTime(two.Output));
        Assert.NotEqual(WithoutTime(one.Output), WithoutTime(other.Output), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Runs_that_go_wrong_are_told_with_step_and_incident()
    {
        using var folder = new TemporaryFolder();

        CliRun run = await TinyDemo.RunAsync(folder.FullName, Cancel, "--json");

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement[] runs = [.. document.RootElement.GetProperty("runs").EnumerateArray()];
        Assert.Equal(18, runs.Length);
        JsonElement[] bad = [.. runs.Where(one => one.GetProperty("ending").GetString() is "non_finite" or "far_above_best" or "dead_one_hot")];
        Assert.NotEmpty(bad);
        Assert.All(bad, one => Assert.True(one.GetProperty("isCaught").GetBoolean(), one.ToString()));
        Assert.All(bad, one => Assert.Equal(
            one.GetProperty("endingStep").GetInt64() - one.GetProperty("incidentStep").GetInt64(), one.GetProperty("lead").GetInt64()));
    }

    [Fact]
    public async Task Its_own_earlier_results_are_replaced_and_those_of_others_are_not()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine/report.html", "old");
        folder.Write("mine/demo.json", "old");
        folder.Write("theirs/report.html", "of something else");
        folder.Write("file", "");

        CliRun mine = await TinyDemo.RunAsync(folder.FullName, Cancel, "--out", "mine");
        CliRun theirs = await TinyDemo.RunAsync(folder.FullName, Cancel, "--out", "theirs");
        CliRun file = await TinyDemo.RunAsync(folder.FullName, Cancel, "--out", "file");

        Assert.Equal(ExitCode.Good, mine.ExitCode);
        Assert.StartsWith("{", await File.ReadAllTextAsync(Path.Combine(folder.FullName, "mine", "demo.json"), Cancel), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, theirs.ExitCode);
        Assert.Equal("of something else", await File.ReadAllTextAsync(Path.Combine(folder.FullName, "theirs", "report.html"), Cancel));
        Assert.Equal(ExitCode.Usage, file.ExitCode);
        Assert.Contains("must be a folder", file.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_ends_it_with_3_before_any_work()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "");

        CliRun run = await TinyDemo.RunAsync(folder.FullName, Cancel, "--out", "file/inside");

        Assert.Equal(ExitCode.Outside, run.ExitCode);
        Assert.Equal("file", string.Join(" ", folder.Files()), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    public async Task An_interruption_ends_it_with_130_and_leaves_nothing(int milliseconds)
    {
        using var folder = new TemporaryFolder();
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        interruption.CancelAfter(milliseconds);

        CliRun run = await CliRun.OfInterruptibleAsync(["demo"], folder.FullName, null, interruption.Token);

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.FullName));
    }

    private static string WithoutTime(string document)
    {
        JsonNode node = JsonNode.Parse(document)!;
        node.AsObject().Remove("elapsed");
        return node.ToJsonString();
    }

    private static void Collect(JsonNode? node, string path, SortedSet<string> keys)
    {
        switch (node)
        {
            case JsonObject many:
                foreach ((string key, JsonNode? value) in many)
                    Collect(value, $"{path}.{key}", keys);
                break;
            case JsonArray list:
                foreach (JsonNode? item in list)
                    Collect(item, $"{path}[]", keys);
                break;
            default:
                keys.Add(path);
                break;
        }
    }
}
