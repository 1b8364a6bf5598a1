using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Training;

public sealed class TrainBadInputTests
{
    [Theory]
    [InlineData("source: irs", "error: run.yaml:1:9: data.source is irs, but there is no such file.", "Did you mean iris?")]
    [InlineData("source: nowhere/none.csv", "error: run.yaml:1:9: data.source is nowhere/none.csv, but there is no such file.", "paths start at the folder of run.yaml")]
    [InlineData("source: .", "error: .: There are 0 classes, but a classifier needs two.", "Name a folder for each class.")]
    [InlineData("source: images, idx_labels: gone", "error: run.yaml:1:9: data.source is images, but there is no such file.", "")]
    [InlineData("source: mine.csv, label_column: q", "error: mine.csv:1: There is no column 'q'.", "Choose one of")]
    [InlineData("source: mine.csv, delimiter: ab", "error: run.yaml:1:27: data.delimiter is 'ab', but must be a single character.", "Quote it")]
    [InlineData("source: mine.csv, split: {train: 0.9, validation: 0.05, test: 0.05}", "error: run.yaml:1:27: the split of 4 rows leaves", "Give more rows")]
    public async Task Data_that_cannot_be_used_are_refused_with_the_key_that_names_them(string data, string error, string hint)
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.csv", "x,label\n1,0\n2,1\n3,0\n4,1\n");
        folder.Write("run.yaml", $"data: {{ {data} }}\n");

        CliRun run = await CliRun.OfAsync(["train", "run.yaml"], folder.FullName);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith(error, run.Error, StringComparison.Ordinal);
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
        Assert.Equal("mine.csv run.yaml", folder.Files());
    }

    [Theory]
    [InlineData("", "error: mine.csv: The file is empty.")]
    [InlineData("x,label\n", "error: mine.csv: The file names columns but holds no rows.")]
    [InlineData("x,label\n1,0\nNaN,1\n", "error: mine.csv:3, column x: The value is missing ('NaN').")]
    [InlineData("x,label\n1,0\nInfinity,1\n", "error: mine.csv:3, column x: 'Infinity' is not a finite number.")]
    [InlineData("x,label\n1,0\n2\n", "error: mine.csv:3: The row has 1 cells, but must have 2.")]
    [InlineData("x,label\n1,0\n2,0\n", "error: mine.csv, column label: Every row has the same label '0'.")]
    [InlineData("x,label\n1,0.5\n2,1.5\n", "error: mine.csv:2, column label: The label 0.5 is not a class")]
    public async Task A_table_with_a_fault_is_refused_with_its_line_and_column(string table, string error)
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.csv", table);
        folder.Write("run.yaml", "data: { source: mine.csv }\n");

        CliRun run = await CliRun.OfAsync(["train", "run.yaml"], folder.FullName);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith(error, run.Error, StringComparison.Ordinal);
        Assert.Contains("\nhint: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train", "error: kelvin train needs FILE.")]
    [InlineData("train none.yaml", "error: There is no file none.yaml (a training configuration).")]
    [InlineData("train run.yaml --epochs 0", "error: --epochs is '0', but must be a whole number from 1 to 1000000.")]
    [InlineData("train run.yaml --seed -1", "error: --seed is '-1', but must be a whole number of at least 0.")]
    [InlineData("train run.yaml --out run.yaml", "error: run.yaml is a file, but must be a folder for results.")]
    public async Task A_wrong_command_line_is_refused(string line, string error)
    {
        using var folder = new TemporaryFolder();
        folder.Write("run.yaml", TrainConfigs.Quick);

        CliRun run = await CliRun.OfAsync(line.Split(' '), folder.FullName);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith(error, run.Error, StringComparison.Ordinal);
        Assert.Equal("run.yaml", folder.Files());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_ends_the_run_with_3_and_nothing_half_written()
    {
        using var folder = new TemporaryFolder();
        folder.Write("run.yaml", TrainConfigs.Quick);

        CliRun run = await CliRun.OfAsync(["train", "run.yaml", "--out", "/proc/nowhere"], folder.FullName);

        Assert.Equal(ExitCode.Outside, run.ExitCode);
        Assert.StartsWith("error: /proc/nowhere", run.Error, StringComparison.Ordinal);
        Assert.Contains("\nhint: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_is_full_ends_the_run_with_3_and_nothing_half_written()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A limit on the size of files stands in for a full disk, and only Linux has one here.");
        using var folder = new TemporaryFolder();
        folder.Write("run.yaml", TrainConfigs.Quick);

        using ChildProcess child = ChildProcess.StartShell(folder.FullName, "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f 16; exec $KELVIN train run.yaml");
        CliRun run = await child.EndAsync();

        Assert.Equal(ExitCode.Outside, run.ExitCode);
        Assert.Matches("^error: .*/report.html cannot be written: ", run.Error);
        Assert.Contains("\nhint: Free some space", run.Error, StringComparison.Ordinal);
        Assert.Equal("run.yaml runs/run/metrics.csv runs/run/model.kelvin runs/run/run.checkpoint", folder.Files());
    }
}
