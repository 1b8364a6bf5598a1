using System.Text.Json;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Lab;

public sealed class StabilityTests
{
    private static readonly string[] Small = ["lab", "stability", "--quick", "--data", "iris", "--size", "2"];

    [Fact]
    public async Task The_document_does_not_depend_on_the_number_of_threads()
    {
        CliRun one = await CliRun.OfAsync([.. Small, "--json", "--threads", "1"]);
        CliRun four = await CliRun.OfAsync([.. Small, "--json", "--threads", "4"]);

        Assert.Equal(one.Output, four.Output);
        using var document = JsonDocument.Parse(one.Output);
        Assert.Equal("kelvin.lab.stability/1", document.RootElement.GetProperty("schema").GetString());
        Assert.Equal(4, document.RootElement.GetProperty("columns").GetArrayLength());
        Assert.Equal(2, document.RootElement.GetProperty("columns")[0].GetProperty("cells").GetArrayLength());
    }

    [Fact]
    public async Task A_journal_that_is_cut_anywhere_leads_to_the_same_result()
    {
        using var folder = new TemporaryFolder();
        string[] line = [.. Small, "--json", "--journal", "map.journal"];
        CliRun whole = await CliRun.OfAsync(line, folder.FullName);
        byte[] journal = await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "map.journal"), TestContext.Current.CancellationToken);

        foreach (int length in new[] { 5, 200, journal.Length - 1 })
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "map.journal"), journal[..length], TestContext.Current.CancellationToken);
            CliRun resumed = await CliRun.OfAsync(line, folder.FullName);

            Assert.Equal(whole.Output, resumed.Output);
        }
    }

    [Theory]
    [InlineData("notes: do not overwrite\n", "is not a journal of kelvin lab")]
    public async Task A_file_that_is_no_journal_is_refused_and_left_alone(string text, string error)
    {
        using var folder = new TemporaryFolder();
        folder.Write("notes.txt", text);

        CliRun run = await CliRun.OfAsync([.. Small, "--journal", "notes.txt"], folder.FullName);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
        Assert.Equal(text, await folder.ReadAsync("notes.txt"));
    }

    [Fact]
    public async Task A_journal_of_another_plan_is_refused()
    {
        using var folder = new TemporaryFolder();
        await CliRun.OfAsync([.. Small, "--journal", "map.journal"], folder.FullName);

        CliRun run = await CliRun.OfAsync([.. Small, "--seed", "2", "--journal", "map.journal"], folder.FullName);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("map.journal is the journal of another experiment", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_that_is_killed_goes_on_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        string[] line = ["lab", "stability", "--quick", "--data", "wine", "--size", "3", "--json", "--journal", "map.journal"];
        string journal = Path.Combine(folder.FullName, "map.journal");
        using (ChildProcess child = ChildProcess.Start(folder.FullName, line))
        {
            while (!child.HasExited && (!File.Exists(journal) || new FileInfo(journal).Length < 2500))
                await Task.Delay(20, TestContext.Current.CancellationToken);
            child.Signal("KILL");
            CliRun killed = await child.EndAsync();
            Assert.Empty(killed.Output);
        }

        long kept = new FileInfo(journal).Length;
        CliRun resumed = await CliRun.OfAsync(line, folder.FullName);
        CliRun whole = await CliRun.OfAsync(line[..^2], folder.FullName);

        Assert.Equal(whole.Output, resumed.Output);
        Assert.InRange(kept, 2500, new FileInfo(journal).Length - 1);
    }

    [Fact]
    public async Task Ctrl_C_keeps_what_is_done_and_says_how_to_go_on()
    {
        using var folder = new TemporaryFolder();
        using ChildProcess child = ChildProcess.Start(folder.FullName, "lab", "stability", "--journal", "map.journal");
        string journal = Path.Combine(folder.FullName, "map.journal");
        while (!child.HasExited && (!File.Exists(journal) || new FileInfo(journal).Length < 1500))
            await Task.Delay(20, TestContext.Current.CancellationToken);

        child.Signal("INT");
        CliRun run = await child.EndAsync();

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Matches(@"^error: Interrupted; [1-9]\d* results are kept in map.journal.\nhint: Run the same command again", run.Error);
        Assert.Empty(run.Output);
        Assert.Equal("map.journal", folder.Files());
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task The_frontier_of_the_map_is_the_bisected_step_within_a_cell()
    {
        CliRun run = await CliRun.OfAsync(["lab", "stability", "--quick", "--size", "10", "--json"]);

        using var document = JsonDocument.Parse(run.Output);
        JsonElement agreement = document.RootElement.GetProperty("agreement");
        Assert.InRange(agreement.GetProperty("compared").GetInt32(), 10, 20);
        Assert.Equal(agreement.GetProperty("compared").GetInt32(), agreement.GetProperty("withinOneCell").GetInt32());
    }
}
