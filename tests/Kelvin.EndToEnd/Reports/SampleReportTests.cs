using Kelvin.EndToEnd.Browser;
using Kelvin.Reports.Tests;
using Microsoft.Playwright;

namespace Kelvin.EndToEnd.Reports;

/// <summary>The sample page, with every block and chart, in a real browser.</summary>
public sealed class SampleReportTests(ChromiumFixture chromium) : IDisposable
{
    private readonly ReportFile _file = new(SamplePage.Make());

    public static TheoryData<int, ColorScheme> Views => ReportChecks.Views;

    [Theory]
    [MemberData(nameof(Views))]
    public async Task The_report_is_drawn_fits_and_is_accessible(int width, ColorScheme scheme)
    {
        await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), _file.Path, width, scheme);

        await ReportChecks.AllAsync(report, $"sample-{width}-{scheme}");
    }

    [Fact]
    public async Task The_theme_switch_changes_the_page_and_redraws_the_charts()
    {
        await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), _file.Path, 1280, ColorScheme.Light);
        string before = await Ground(report);
        string drawn = await Picture(report);

        await report.Page.ClickAsync("#theme");

        await Redrawn(report, drawn);
        Assert.NotEqual(before, await Ground(report), StringComparer.Ordinal);
        Assert.Equal("Switch to the light theme", await report.Page.GetAttributeAsync("#theme", "aria-label"));
        await ReportChecks.ChartsArePaintedAsync(report);
        ReportChecks.Quiet(report);
    }

    [Fact]
    public async Task A_change_of_the_systems_theme_is_followed()
    {
        await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), _file.Path, 1280, ColorScheme.Light);
        string drawn = await Picture(report);

        await report.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });

        await Redrawn(report, drawn);
        ReportChecks.Quiet(report);
    }

    [Fact]
    public async Task A_legend_entry_hides_and_shows_its_line_by_keyboard()
    {
        await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), _file.Path, 1280, ColorScheme.Light);
        ILocator entry = report.Page.Locator("#chart-1 .legend button").First;
        string drawn = await Picture(report);

        await entry.PressAsync("Enter");
        Assert.Equal("false", await entry.GetAttributeAsync("aria-pressed"));
        await Redrawn(report, drawn);
        await entry.PressAsync("Enter");

        Assert.Equal("true", await entry.GetAttributeAsync("aria-pressed"));
        await report.Page.WaitForFunctionAsync("old => document.querySelector('#chart-1 canvas').toDataURL() === old", drawn);
        ReportChecks.Quiet(report);
    }

    [Fact]
    public async Task The_csv_of_a_chart_holds_every_drawn_point()
    {
        await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), _file.Path, 1280, ColorScheme.Light);
        await report.Page.ClickAsync("#chart-2 summary");

        IDownload download = await report.Page.RunAndWaitForDownloadAsync(() => report.Page.ClickAsync("#chart-2 .csv"));

        string path = await download.PathAsync();
        string[] lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal("largest-gradient-norm.csv", download.SuggestedFilename);
        Assert.Equal("panel,series,Logit scale,Gradient norm,\"Gradient norm, low\",\"Gradient norm, high\"", lines[0]);
        Assert.Equal(",softmax,1,1.2,1.1,1.3", lines[1]);
        Assert.Equal(9, lines.Length);
    }

    [Fact]
    public async Task Charts_follow_the_width_of_the_window()
    {
        await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), _file.Path, 1280, ColorScheme.Light);

        await report.Page.SetViewportSizeAsync(390, 844);

        await report.Page.WaitForFunctionAsync("() => document.querySelector('#chart-1 canvas').getBoundingClientRect().width < 390");
        await ReportChecks.FitsAsync(report);
        await ReportChecks.ChartsArePaintedAsync(report);
    }

    [Fact]
    public async Task A_tooltip_shows_the_value_of_every_line_at_a_place()
    {
        await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), _file.Path, 1280, ColorScheme.Light);
        await report.Page.Locator("#chart-1-1").ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await report.Page.Locator("#chart-1-1").BoundingBoxAsync())!;

        await report.Page.Mouse.MoveAsync(box.X + (box.Width / 3), box.Y + (box.Height / 2));

        await report.Page.Locator("#chart-1-1 .tip-row").First.WaitForAsync();
        Assert.Equal(["softmax", "exp", "ReLU"], await report.Page.Locator("#chart-1-1 .tip-name").AllTextContentsAsync());
        ReportChecks.Quiet(report);
    }

    [Fact]
    public async Task Without_script_the_words_and_the_data_remain()
    {
        await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), _file.Path, 390, ColorScheme.Light, hasScript: false);

        await report.Page.ClickAsync("#chart-2 summary");

        Assert.True(await report.Page.Locator("#chart-2 table").IsVisibleAsync());
        Assert.True(await report.Page.GetByText("The chart is drawn by a script, which did not run here.").First.IsVisibleAsync());
        Assert.False(await report.Page.Locator("#theme").IsVisibleAsync());
    }

    [Fact]
    public async Task The_first_tab_stop_leads_to_the_report()
    {
        await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), _file.Path, 1280, ColorScheme.Light);

        await report.Page.Keyboard.PressAsync("Tab");

        Assert.True(await report.Page.Locator("a.skip:focus").IsVisibleAsync());
    }

    public void Dispose() => _file.Dispose();

    private static Task<string> Ground(OpenedReport report) =>
        report.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    private static async Task Redrawn(OpenedReport report, string old) =>
        await report.Page.WaitForFunctionAsync("old => document.querySelector('#chart-1 canvas').toDataURL() !== old", old);

    private static Task<string> Picture(OpenedReport report) =>
        report.Page.EvaluateAsync<string>("() => document.querySelector('#chart-1 canvas').toDataURL()");
}
