using System.Text.Json;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Lab;

public sealed class DiffusionTests
{
    [Fact]
    public async Task A_part_that_does_not_exist_is_refused()
    {
        CliRun run = await CliRun.OfAsync(["lab", "diffusion", "--only", "faces"]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("must be mixture or digits", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task The_generator_is_the_same_when_resumed_and_on_any_number_of_threads()
    {
        using var folder = new TemporaryFolder();
        string[] line = ["lab", "diffusion", "--quick", "--only", "digits", "--json"];
        CliRun whole = await CliRun.OfAsync([.. line, "--journal", "d.journal", "--threads", "1"], folder.FullName);
        CliRun resumed = await CliRun.OfAsync([.. line, "--journal", "d.journal", "--threads", "2"], folder.FullName);

        Assert.Equal(whole.Output, resumed.Output);
        using var document = JsonDocument.Parse(whole.Output);
        JsonElement digits = document.RootElement.GetProperty("digits");
        JsonElement first = digits.GetProperty("rows")[0];
        Assert.Equal("kelvin.lab.diffusion/1", document.RootElement.GetProperty("schema").GetString());
        Assert.InRange(digits.GetProperty("classifierAccuracy").GetDouble(), 0.97, 1);
        Assert.InRange(first.GetProperty("accuracy").GetDouble(), 0.9, 1);
        Assert.InRange(first.GetProperty("frechetRatio").GetDouble(), 0, 2);
        Assert.InRange(first.GetProperty("near")[0].GetDouble(), 0, 0.1);
        Assert.All(
            digits.GetProperty("rows").EnumerateArray().Where((row, i) => i == 0 || row.GetProperty("sampler").GetString() != "heun"),
            row => Assert.InRange(row.GetProperty("near")[2].GetDouble(), 0, 0.55));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task The_mixture_fits_80_columns_and_its_sound_kernels_learn()
    {
        CliRun run = await CliRun.OfAsync(["lab", "diffusion", "--quick", "--only", "mixture"]);

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.StartsWith("The score error falls with the number of examples in ", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, CliHost.PipedWidth));
        Assert.Empty(run.Error);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_damaged_generator_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.journal.generator", "no generator");

        CliRun run = await CliRun.OfAsync(["lab", "diffusion", "--quick", "--only", "digits", "--journal", "d.journal"], folder.FullName);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("d.journal.generator", run.Error, StringComparison.Ordinal);
    }
}
