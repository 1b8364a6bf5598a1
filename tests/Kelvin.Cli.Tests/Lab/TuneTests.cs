using System.Text.Json;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Lab;

public sealed class TuneTests
{
    [Fact]
    public async Task It_says_what_to_take_and_what_it_saved()
    {
        CliRun run = await CliRun.OfAsync(["lab", "tune", "--quick", "--data", "wine"]);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.StartsWith("Take step ", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, CliHost.PipedWidth));
    }

    [Fact]
    public async Task Its_proposal_trains_as_it_stands()
    {
        using var folder = new TemporaryFolder();
        CliRun tuned = await CliRun.OfAsync(["lab", "tune", "--quick"], folder.FullName);
        IEnumerable<string> lines = tuned.Output.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line[4..]);
        folder.Write("own.yaml", "data:\n  source: iris\ntraining:\n  epochs: 3\n" + string.Join('\n', lines) + "\n");

        CliRun trained = await CliRun.OfAsync(["train", "own.yaml"], folder.FullName);

        Assert.True(trained.ExitCode == ExitCode.Good, trained.Error);
    }

    [Fact]
    public async Task Against_the_grid_it_reports_loss_and_compute_the_same_on_any_threads()
    {
        CliRun one = await CliRun.OfAsync(["lab", "tune", "--quick", "--grid", "--json", "--threads", "1"]);
        CliRun three = await CliRun.OfAsync(["lab", "tune", "--quick", "--grid", "--json", "--threads", "3"]);

        Assert.Equal(one.Output, three.Output);
        using var document = JsonDocument.Parse(one.Output);
        JsonElement outcome = document.RootElement.GetProperty("outcomes")[0];
        Assert.Equal("kelvin.lab.tune/1", document.RootElement.GetProperty("schema").GetString());
        Assert.InRange(outcome.GetProperty("costShare").GetDouble(), 0.01, 0.4);
        Assert.InRange(outcome.GetProperty("lossRatio").GetDouble(), 0, 10);
    }
}
