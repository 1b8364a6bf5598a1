using System.Text.Json;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Doctor;

public sealed class DoctorTests
{
    [Fact]
    public async Task A_sound_machine_has_all_it_needs()
    {
        CliRun run = await CliRun.OfAsync(["doctor"]);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.StartsWith("Kelvin has all it needs on this machine", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task An_output_folder_that_cannot_be_written_is_missing()
    {
        CliRun run = await CliRun.OfAsync(["doctor", "--out", "/proc/nowhere"]);

        Assert.Equal(ExitCode.Outside, run.ExitCode);
        Assert.Contains("1 thing is missing", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flag_beats_a_variable_beats_the_file_beats_the_default()
    {
        using var folder = new TemporaryFolder();
        folder.Write("kelvin.yaml", "seed: 11\nthreads: 3\nout: from-file\n");
        Dictionary<string, string> environment = new(StringComparer.Ordinal) { ["KELVIN_SEED"] = "12", ["KELVIN_THREADS"] = "4" };

        CliRun run = await CliRun.OfAsync(["doctor", "--json", "--threads", "5"], folder.FullName, environment);

        Assert.Equal(("from-file", "file", "kelvin.yaml:3:6"), Setting(run, "out"));
        Assert.Equal(("12", "environment", "KELVIN_SEED"), Setting(run, "seed"));
        Assert.Equal(("5", "flag", "--threads"), Setting(run, "threads"));
        CliRun bare = await CliRun.OfAsync(["doctor", "--json"]);
        Assert.Equal(("1", "default", "default"), Setting(bare, "seed"));
    }

    [Fact]
    public async Task A_variable_that_nothing_reads_is_pointed_out()
    {
        CliRun run = await CliRun.OfAsync(["doctor"], environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["KELVIN_TREADS"] = "2" });

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.Contains("Did you mean KELVIN_THREADS?", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sed: 1\n", "error: kelvin.yaml:1:1: there is no setting 'sed'.", "Did you mean seed?")]
    [InlineData("seed: one\n", "error: kelvin.yaml:1:7: seed is 'one', but must be a whole number of at least 0.", "Seed")]
    [InlineData("seed:\n", "error: kelvin.yaml:1:6: seed has no value.", "seed: VALUE")]
    [InlineData("seed: 1\nseed: 2\n", "error: kelvin.yaml:2:1: the key seed is given twice.", "Keep one")]
    public async Task A_wrong_settings_file_is_refused_with_its_place(string yaml, string error, string hint)
    {
        using var folder = new TemporaryFolder();
        folder.Write("kelvin.yaml", yaml);

        CliRun run = await CliRun.OfAsync(["doctor"], folder.FullName);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith(error, run.Error, StringComparison.Ordinal);
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
    }

    private static (string? Value, string? Source, string? From) Setting(CliRun run, string name)
    {
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal("kelvin.doctor/1", document.RootElement.GetProperty("schema").GetString());
        JsonElement setting = document.RootElement.GetProperty("settings").EnumerateArray().Single(s => s.GetProperty("name").GetString() == name);
        return (setting.GetProperty("value").GetString(), setting.GetProperty("source").GetString(), setting.GetProperty("from").GetString());
    }
}
