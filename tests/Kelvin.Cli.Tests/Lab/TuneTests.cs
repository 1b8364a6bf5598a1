using System.Text.Json;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Lab;
using Kelvin.Datasets;

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
    public async Task Fashion_mnist_is_found_where_it_is_installed_and_asked_for_where_it_is_not()
    {
        Dataset? one = FashionMnist.TryRead(seed: 1);
        if (one is null)
        {
            CliRun run = await CliRun.OfAsync(["lab", "tune", "--quick", "--data", "fashion-mnist"]);
            Assert.Equal(ExitCode.Usage, run.ExitCode);
            Assert.Contains("apt-get install dataset-fashion-mnist", run.Error, StringComparison.Ordinal);
            return;
        }

        Assert.Equal((FashionMnist.Rows, 784, 10), (one.Rows, one.FeatureCount, one.ClassCount));
        Assert.Equal(one.Labels.ToArray(), FashionMnist.TryRead(seed: 1)!.Labels.ToArray());
        Assert.NotEqual(one.Features.Span.ToArray(), FashionMnist.TryRead(seed: 2)!.Features.Span.ToArray());
        Assert.All(Enumerable.Range(0, 10), label => Assert.InRange(one.Labels.ToArray().Count(other => other == label), 90, 110));
    }

    [Fact]
    public void Without_its_files_there_is_no_fashion_mnist() => Assert.Null(FashionMnist.TryRead(seed: 1, "/nowhere"));

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
