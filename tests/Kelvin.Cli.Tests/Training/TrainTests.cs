using System.Text.Json;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Training;

public sealed class TrainTests
{
    [Fact]
    public async Task It_answers_in_a_sentence_and_writes_model_metrics_summary_and_report()
    {
        using var folder = new TemporaryFolder();
        folder.Write("quick.yaml", TrainConfigs.Quick);

        CliRun run = await CliRun.OfAsync(["train", "quick.yaml"], folder.FullName);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, CliHost.PipedWidth));
        Assert.StartsWith("The network gets ", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            "quick.yaml runs/quick/metrics.csv runs/quick/model.kelvin runs/quick/report.html runs/quick/run.checkpoint runs/quick/train.json",
            folder.Files());
        Golden.Matches(run.Output, "train-quick");
    }

    [Fact]
    public async Task Folders_of_texts_are_classes()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 40; i++)
        {
            folder.Write(FormattableString.Invariant($"mail/ham/{i}.txt"), FormattableString.Invariant($"the meeting number {i} is at noon"));
            folder.Write(FormattableString.Invariant($"mail/spam/{i}.txt"), FormattableString.Invariant($"win {i} million now, free money"));
        }

        folder.Write("mail.yaml", "data: { source: mail, scaling: none, text_features: 256 }\nnetwork: { hidden: 16, activation: relu }\ntraining: { epochs: 20 }\n");

        CliRun run = await CliRun.OfAsync(["train", "mail.yaml", "--json"], folder.FullName);

        Assert.Equal((ExitCode.Good, ""), (run.ExitCode, run.Error));
        using var document = JsonDocument.Parse(run.Output);
        Assert.InRange(document.RootElement.GetProperty("testAccuracy").GetDouble(), 0.9, 1);
    }

    [Fact]
    public async Task Several_seeds_give_a_mean_with_an_interval()
    {
        using var folder = new TemporaryFolder();
        folder.Write("quick.yaml", TrainConfigs.Quick.Replace("epochs: 12", "epochs: 12, seeds: [1, 2, 3]", StringComparison.Ordinal));

        CliRun run = await CliRun.OfAsync(["train", "quick.yaml", "--json"], folder.FullName);

        using var document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        Assert.Equal("kelvin.train/1", root.GetProperty("schema").GetString());
        Assert.Equal(3, root.GetProperty("seeds").GetArrayLength());
        JsonElement interval = root.GetProperty("testAccuracyInterval");
        double mean = root.GetProperty("seeds").EnumerateArray().Average(seed => seed.GetProperty("testAccuracy").GetDouble());
        Assert.Equal(mean, root.GetProperty("testAccuracy").GetDouble(), tolerance: 1e-12);
        Assert.InRange(mean, interval.GetProperty("low").GetDouble(), interval.GetProperty("high").GetDouble());
        Assert.Equal(run.Output, await folder.ReadAsync("runs/quick/train.json"));
        Assert.Contains("runs/quick/seed-2/metrics.csv", folder.Files(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flags_beat_the_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write("quick.yaml", TrainConfigs.Quick.Replace("epochs: 12", "epochs: 12, seeds: [1, 2, 3]", StringComparison.Ordinal));

        CliRun run = await CliRun.OfAsync(["train", "quick.yaml", "--json", "--seed", "9", "--epochs", "2", "--out", "elsewhere"], folder.FullName);

        using var document = JsonDocument.Parse(run.Output);
        JsonElement seed = Assert.Single(document.RootElement.GetProperty("seeds").EnumerateArray());
        Assert.Equal(9, seed.GetProperty("seed").GetInt32());
        Assert.Equal(2, seed.GetProperty("epochs").GetInt32());
        Assert.Contains("elsewhere/train.json", folder.Files(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_files_on_any_number_of_threads()
    {
        using var folder = new TemporaryFolder();
        folder.Write("quick.yaml", TrainConfigs.Quick);

        await CliRun.OfAsync(["train", "quick.yaml", "--out", "one", "--threads", "1"], folder.FullName);
        await CliRun.OfAsync(["train", "quick.yaml", "--out", "two", "--threads", "2"], folder.FullName);

        Assert.Equal(await folder.ReadAsync("one/train.json"), await folder.ReadAsync("two/train.json"));
        Assert.Equal(await folder.ReadAsync("one/metrics.csv"), await folder.ReadAsync("two/metrics.csv"));
        Assert.Equal(await folder.ReadAsync("one/report.html"), await folder.ReadAsync("two/report.html"));
    }

    [Fact]
    public async Task A_step_far_too_large_is_named_while_it_happens_and_the_answer_is_no()
    {
        using var folder = new TemporaryFolder();
        folder.Write("hot.yaml", TrainConfigs.TooLargeStep);

        CliRun run = await CliRun.OfAsync(["train", "hot.yaml"], folder.FullName);

        Assert.Equal(ExitCode.No, run.ExitCode);
        Assert.Contains("warning: hot: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("non-finite", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"healthy\": false", await folder.ReadAsync("runs/hot/train.json"), StringComparison.Ordinal);
        Assert.Contains("lr_too_high", await folder.ReadAsync("runs/hot/train.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_of_your_own_is_read_from_beside_the_file()
    {
        using var folder = new TemporaryFolder();
        string rows = string.Join('\n', Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"{i},{(i % 2 == 0 ? 1 : -1) + (i % 7 * 0.1)},{(i % 2 == 0 ? "yes" : "no")}")));
        folder.Write("project/mine.csv", "id;x;answer\n".Replace(';', ',') + rows + "\n");
        folder.Write("project/mine.yaml", """
            data: { source: mine.csv, label_column: answer, ignore_columns: [id] }
            network: { hidden: 8 }
            training: { epochs: 30 }
            calibration: { resamples: 100 }
            output: { report: false }
            """);

        CliRun run = await CliRun.OfAsync(["train", "project/mine.yaml", "--json"], folder.FullName);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(1, document.RootElement.GetProperty("data").GetProperty("features").GetInt32());
        Assert.True(document.RootElement.GetProperty("testAccuracy").GetDouble() > 0.9);
        Assert.DoesNotContain("runs/mine/report.html", folder.Files(), StringComparison.Ordinal);
    }
}
