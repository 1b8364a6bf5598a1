using Kelvin.EndToEnd.Browser;
using Kelvin.Reports.Tests;
using Microsoft.Playwright;

namespace Kelvin.EndToEnd.Reports;

/// <summary>A page whose texts try to run code, in a real browser.</summary>
public sealed class HostileReportTests(ChromiumFixture chromium) : IDisposable
{
    private readonly ReportFile _file = new(HostilePage.Make());

    [Fact]
    public async Task Text_stays_text()
    {
        await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), _file.Path, 1280, ColorScheme.Light);
        await report.Page.Locator("#chart-1-1").ScrollIntoViewIfNeededAsync();
        await report.Page.Locator("#chart-1-1").HoverAsync();
        await report.Page.Locator("#chart-1-1 .tip-row").First.WaitForAsync();

        Assert.Equal("undefined", await report.Page.EvaluateAsync<string>("() => typeof window.hacked"));
        Assert.Equal(HostilePage.Text, await report.Page.TextContentAsync("h1"));
        Assert.Equal(0, await report.Page.Locator("img:not([src^='data:image/png;base64,'])").CountAsync());
        Assert.Equal(HostilePage.Text, await report.Page.Locator("img").GetAttributeAsync("alt"));   // the page's own, and no other: the locator is strict
        await ReportChecks.ChartsArePaintedAsync(report);
        ReportChecks.Quiet(report);
    }

    [Theory]
    [InlineData("eval('window.hacked = 1')")]
    [InlineData("const s = document.createElement('script'); s.textContent = 'window.hacked = 1'; document.body.append(s)")]
    [InlineData("fetch('https://example.com').catch(() => {})")]
    public async Task The_policy_stops_what_would_get_in_all_the_same(string attack)
    {
        await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), _file.Path, 1280, ColorScheme.Light);

        string violated = await report.Page.EvaluateAsync<string>(
            "attack => new Promise(done => { addEventListener('securitypolicyviolation', e => done(e.violatedDirective)); setTimeout(() => { "
            + "const b = document.createElement('button'); b.addEventListener('click', () => { try { " + attack + " } catch { } }); b.click(); }); })", attack);

        Assert.Contains("-src", violated, StringComparison.Ordinal);
        Assert.Equal("undefined", await report.Page.EvaluateAsync<string>("() => typeof window.hacked"));
    }

    [Fact]
    public async Task Long_words_without_a_break_do_not_widen_the_page_on_a_phone()
    {
        await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), _file.Path, 390, ColorScheme.Dark);

        await ReportChecks.FitsAsync(report);
    }

    public void Dispose() => _file.Dispose();
}
