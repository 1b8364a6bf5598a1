using System.Globalization;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Training;

public sealed class TrainInterruptionTests
{
    [Fact]
    public async Task A_resumed_run_ends_in_the_same_files_as_an_uninterrupted_one()
    {
        using var folder = new TemporaryFolder();
        folder.Write("quick.yaml", TrainConfigs.Quick);
        await CliRun.OfAsync(["train", "quick.yaml", "--out", "whole"], folder.FullName);

        using var interruption = new CancellationTokenSource();
        using var watcher = new FileSystemWatcher(folder.FullName, "run.checkpoint") { IncludeSubdirectories = true, EnableRaisingEvents = true };
        watcher.Renamed += (_, _) => interruption.Cancel();
        CliRun broken = await CliRun.OfInterruptibleAsync(["train", "quick.yaml", "--out", "broken"], folder.FullName, null, interruption.Token);
        CliRun resumed = await CliRun.OfAsync(["train", "quick.yaml", "--out", "broken", "--resume"], folder.FullName);

        Assert.True(broken.ExitCode is ExitCode.Interrupted or ExitCode.Good, broken.Error);
        Assert.Equal(ExitCode.Good, resumed.ExitCode);
        foreach (string file in new[] { "train.json", "metrics.csv", "report.html" })
            Assert.Equal(await folder.ReadAsync("whole/" + file), await folder.ReadAsync("broken/" + file));
    }

    [Fact]
    public async Task An_interrupted_run_is_kept_until_you_say_what_to_do_with_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("quick.yaml", TrainConfigs.Quick);
        using var interrupted = new CancellationTokenSource();
        await interrupted.CancelAsync();

        CliRun broken = await CliRun.OfInterruptibleAsync(["train", "quick.yaml"], folder.FullName, null, interrupted.Token);
        CliRun again = await CliRun.OfAsync(["train", "quick.yaml"], folder.FullName);

        Assert.Equal(ExitCode.Interrupted, broken.ExitCode);
        Assert.Contains("hint: Run the same command with --resume to go on", broken.Error, StringComparison.Ordinal);
        Assert.Equal("quick.yaml runs/quick/metrics.csv runs/quick/run.checkpoint", folder.Files());
        Assert.Equal(ExitCode.Usage, again.ExitCode);
        Assert.StartsWith("error: runs/quick holds an interrupted run.", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_in_mid_training_ends_it_with_130_and_nothing_half_written(string signal)
    {
        using var folder = new TemporaryFolder();
        folder.Write("endless.yaml", TrainConfigs.Endless);
        using ChildProcess child = ChildProcess.Start(folder.FullName, "train", "endless.yaml");
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);

        child.Signal(signal);
        CliRun run = await child.EndAsync();

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Matches(@"^error: Interrupted at step [1-9]\d* of ", run.Error);
        Assert.Empty(run.Output);
        Assert.Equal("endless.yaml runs/endless/metrics.csv runs/endless/run.checkpoint", folder.Files());
        string[] metrics = (await folder.ReadAsync("runs/endless/metrics.csv")).TrimEnd('\n').Split('\n');
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"step {metrics.Length - 1} of "), run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(2000)]
    public async Task A_truncated_checkpoint_is_refused_and_left_alone(int length)
    {
        using var folder = new TemporaryFolder();
        folder.Write("quick.yaml", TrainConfigs.Quick);
        await CliRun.OfAsync(["train", "quick.yaml"], folder.FullName);
        string path = Path.Combine(folder.FullName, "runs", "quick", "run.checkpoint");
        byte[] whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(path, whole[..length], TestContext.Current.CancellationToken);

        CliRun run = await CliRun.OfAsync(["train", "quick.yaml", "--resume"], folder.FullName);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith("error: runs/quick/run.checkpoint", run.Error, StringComparison.Ordinal);
        Assert.Contains("\nhint: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(length, new FileInfo(path).Length);
    }

    [Fact]
    public async Task A_checkpoint_of_another_configuration_is_refused_with_the_first_difference()
    {
        using var folder = new TemporaryFolder();
        folder.Write("quick.yaml", TrainConfigs.Quick);
        await CliRun.OfAsync(["train", "quick.yaml"], folder.FullName);
        folder.Write("quick.yaml", TrainConfigs.Quick.Replace("hidden: 16", "hidden: 17", StringComparison.Ordinal));

        CliRun run = await CliRun.OfAsync(["train", "quick.yaml", "--resume"], folder.FullName);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("hidden is 16 there and 17 here", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resuming_what_was_never_begun_begins_it_and_says_so()
    {
        using var folder = new TemporaryFolder();
        folder.Write("quick.yaml", TrainConfigs.Quick);

        CliRun run = await CliRun.OfAsync(["train", "quick.yaml", "--resume"], folder.FullName);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.StartsWith("warning: There is no checkpoint in runs/quick", run.Error, StringComparison.Ordinal);
    }
}
