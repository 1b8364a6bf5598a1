using System.Text.Json;

namespace Kelvin.Cli.Tests.Lab;

public sealed class LandscapeTests
{
    private static readonly string[] Small = ["lab", "landscape", "--quick", "--data", "iris", "--seeds", "4"];

    [Fact]
    public async Task A_journal_gives_the_same_document_as_a_run_without_one()
    {
        using var folder = new TemporaryFolder();
        string[] line = [.. Small, "--json", "--journal", "land.journal"];
        CliRun first = await CliRun.OfAsync(line, folder.FullName);
        CliRun again = await CliRun.OfAsync(line, folder.FullName);
        CliRun without = await CliRun.OfAsync([.. Small, "--json"], folder.FullName);

        Assert.Equal(first.Output, again.Output);
        Assert.Equal(first.Output, without.Output);
        using var document = JsonDocument.Parse(first.Output);
        Assert.Equal("kelvin.lab.landscape/1", document.RootElement.GetProperty("schema").GetString());
        Assert.Equal(12, document.RootElement.GetProperty("seeds").GetArrayLength());
        Assert.All(document.RootElement.GetProperty("hard").EnumerateArray(), row =>
        {
            Assert.InRange(row.GetProperty("poor").GetProperty("value").GetDouble(), 0, 1);
            Assert.InRange(row.GetProperty("pairAccuracy").GetProperty("value").GetDouble(), 0, 1);
            Assert.InRange(row.GetProperty("barrier").GetProperty("value").GetDouble(), 0, 1000);
        });
    }
}
