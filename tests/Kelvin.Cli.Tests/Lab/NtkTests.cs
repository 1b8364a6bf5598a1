using System.Text.Json;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Lab;

public sealed class NtkTests
{
    private static readonly string[] Small = ["lab", "ntk", "--quick", "--data", "wine", "--rows", "20"];

    [Fact]
    public async Task The_document_does_not_depend_on_the_number_of_threads()
    {
        CliRun one = await CliRun.OfAsync([.. Small, "--json", "--threads", "1"]);
        CliRun four = await CliRun.OfAsync([.. Small, "--json", "--threads", "4"]);

        Assert.Equal(one.Output, four.Output);
        using var document = JsonDocument.Parse(one.Output);
        JsonElement root = document.RootElement;
        Assert.Equal("kelvin.lab.ntk/1", root.GetProperty("schema").GetString());
        Assert.Equal(9, root.GetProperty("points").GetArrayLength());
        Assert.Equal(20, root.GetProperty("limits")[0].GetProperty("eigenvalues").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("singular").ValueKind);
    }

    [Fact]
    public async Task Duplicate_points_and_a_limit_out_of_reach_are_said_plainly()
    {
        using var folder = new TemporaryFolder();
        string rows = string.Concat(Enumerable.Range(0, 20).Select(i => FormattableString.Invariant($"{i % 5},{i % 3 + (i % 5)},{i % 2}\n")));
        folder.Write("twins.csv", "a,b,label\n" + rows + rows + rows);

        CliRun run = await CliRun.OfAsync(["lab", "ntk", "--quick", "--data", "twins.csv", "--scale", "2"], folder.FullName);

        string output = run.Output.ReplaceLineEndings(" ");
        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.Contains("λ_min is 0: examples ", output, StringComparison.Ordinal);
        Assert.Contains("are the same point", output, StringComparison.Ordinal);
        Assert.Contains("no practical width comes near the infinite-width softmax kernel", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_holds_spectra_width_and_drift()
    {
        using var folder = new TemporaryFolder();

        await CliRun.OfAsync([.. Small, "--html", "ntk.html"], folder.FullName);

        string page = await folder.ReadAsync("ntk.html");
        foreach (string heading in new[] { "Spectrum", "Width", "Drift", "Eigenvalues at 1024 units" })
            Assert.Contains(heading, page, StringComparison.Ordinal);
    }
}
