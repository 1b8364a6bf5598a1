using Kelvin.Cli.Frame;
using Kelvin.EndToEnd.Browser;
using Kelvin.EndToEnd.Reports;
using Microsoft.Playwright;

namespace Kelvin.EndToEnd.Inspection;

/// <summary>The page that <c>kelvin inspect</c> writes about the built-in model, in a real browser.</summary>
public sealed class CheckpointReportTests(ChromiumFixture chromium)
{
    private const string Text = "sort(banana)=aaabnn; sort(kelvin)=eiklnv; sort(monitor)=imnoort";

    public static TheoryData<int, ColorScheme> Views => ReportChecks.Views;

    [Theory]
    [MemberData(nameof(Views))]
    public async Task The_report_of_a_checkpoint_is_drawn_fits_and_is_accessible(int width, ColorScheme scheme)
    {
        string folder = Directory.CreateTempSubdirectory("kelvin-inspect-").FullName;
        try
        {
            using var output = new StringWriter();
            var host = new CliHost(output, output, new Dictionary<string, string>(StringComparer.Ordinal), folder, TimeProvider.System);
            int exitCode = await CommandTree.RunAsync(["inspect", "kelvin-tiny", "--text", Text, "--html", "page.html"], host, TestContext.Current.CancellationToken);

            Assert.True(exitCode == ExitCode.Good, output.ToString());
            await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), Path.Combine(folder, "page.html"), width, scheme);
            await ReportChecks.AllAsync(report, $"inspect-checkpoint-{width}-{scheme}");
            string text = await report.Page.InnerTextAsync("main");
            Assert.Contains("Where the heads look", text, StringComparison.Ordinal);
            Assert.Contains("How surprising each token was", text, StringComparison.Ordinal);
            Assert.Contains("Effective temperature", text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
