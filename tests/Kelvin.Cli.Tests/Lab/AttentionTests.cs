using System.Text.Json;
using System.Text.RegularExpressions;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Lab;

public sealed partial class AttentionTests
{
    private static readonly string[] Small = ["lab", "attention", "--quick", "--task", "recall", "--rows", "8", "--width", "4", "--seeds", "2"];

    [Fact]
    public async Task A_tiny_plan_reads_as_it_did_but_for_its_numbers()
    {
        CliRun run = await CliRun.OfAsync(["lab", "attention", "--quick", "--rows", "6", "--width", "4", "--seeds", "3"]);

        Assert.True(run.ExitCode == ExitCode.Good, run.Error);
        string words = Blanks().Replace(Numbers().Replace(run.Output, "#"), " ");
        Golden.Matches(words.Replace(". ", ".\n", StringComparison.Ordinal), "attention");
    }

    [Fact]
    public async Task The_document_does_not_depend_on_the_number_of_threads()
    {
        CliRun one = await CliRun.OfAsync([.. Small, "--json", "--threads", "1"]);
        CliRun four = await CliRun.OfAsync([.. Small, "--json", "--threads", "4"]);

        Assert.Equal(one.Output, four.Output);
        using var document = JsonDocument.Parse(one.Output);
        JsonElement root = document.RootElement;
        Assert.Equal("kelvin.lab.attention/1", root.GetProperty("schema").GetString());
        Assert.Equal(10, root.GetProperty("rows").GetArrayLength());
        JsonElement shift = root.GetProperty("claims").EnumerateArray().Single(claim => claim.GetProperty("id").GetString() == "attention-common-shift");
        Assert.Equal("holds", shift.GetProperty("verdict").GetString());
        Assert.InRange(shift.GetProperty("effect").GetDouble(), 0, 1e-12);
    }

    [Fact]
    public async Task The_page_holds_both_settings_and_every_claim()
    {
        using var folder = new TemporaryFolder();

        CliRun run = await CliRun.OfAsync([.. Small, "--html", "attention.html"], folder.FullName);

        Assert.True(run.ExitCode == ExitCode.Good, run.Error);
        string page = System.Net.WebUtility.HtmlDecode(await folder.ReadAsync("attention.html"));
        foreach (string text in new[] { "Everything trained", "Only queries and keys trained", "Entropy of attention", "Largest logit", "A common shift of all keys changes nothing" })
            Assert.Contains(text, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_task_is_refused()
    {
        CliRun run = await CliRun.OfAsync(["lab", "attention", "--task", "copy"]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith("error: --task is 'copy', but must be emma or recall.", run.Error, StringComparison.Ordinal);
    }

    // Steps beyond the stable one tell vector widths apart, so that numbers are for the other tests.
    [GeneratedRegex(@"−?\d+(\.\d+)?(e[−+]\d+)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
