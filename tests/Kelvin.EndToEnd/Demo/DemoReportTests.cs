using Kelvin.Cli.Demo;
using Kelvin.Cli.Frame;
using Kelvin.EndToEnd.Browser;
using Kelvin.EndToEnd.Reports;
using Microsoft.Playwright;

namespace Kelvin.EndToEnd.Demo;

/// <summary>The report of a real but small demo, in a real browser.</summary>
public sealed class DemoReportTests(ChromiumFixture chromium)
{
    private static readonly Lazy<ReportFile> File = new(() => new ReportFile(Page()));

    public static TheoryData<int, ColorScheme> Views => ReportChecks.Views;

    [Theory]
    [MemberData(nameof(Views))]
    public async Task The_report_is_drawn_fits_and_is_accessible(int width, ColorScheme scheme)
    {
        await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), File.Value.Path, width, scheme);

        await ReportChecks.AllAsync(report, $"demo-{width}-{scheme}");
    }

    [Fact]
    public async Task The_summary_says_what_held_and_leads_to_where_it_is_shown()
    {
        await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), File.Value.Path, 1280, ColorScheme.Light);

        string text = await report.Page.InnerTextAsync("main");
        Assert.Contains("Every run that goes wrong is named in time", text, StringComparison.Ordinal);
        Assert.Contains("Softmax keeps gradients bounded as the logits grow", text, StringComparison.Ordinal);
        await report.Page.ClickAsync("text=See Runs and incidents");
        Assert.Contains("#", report.Page.Url, StringComparison.Ordinal);
        ReportChecks.Quiet(report);
    }

    private static Kelvin.Reports.ReportPage Page()
    {
        DemoPlan plan = DemoPlan.Quick(1) with
        {
            StabilitySeeds = 2,
            StabilityHidden = 16,
            StabilitySteps = 20,
            SmoothnessProbes = 4,
            AccuracySeeds = 2,
            SelectionSeeds = 1,
            AccuracyEpochs = 3,
            OverconfidentEpochs = 100,
            Resamples = 200,
        };
        var host = new CliHost(TextWriter.Null, TextWriter.Null, new Dictionary<string, string>(StringComparer.Ordinal), "/", TimeProvider.System);
        using var progress = new DemoProgress(host);
        DemoResult result = new DemoStages(plan, threads: 2, progress).Run(TestContext.Current.CancellationToken);
        return DemoPage.Of(result, DemoFindings.Of(result), TimeSpan.FromSeconds(9));
    }
}
