using Microsoft.Playwright;

namespace Kelvin.EndToEnd.Browser;

/// <summary>A report opened from disk, and everything that the browser complained about since.</summary>
internal sealed class OpenedReport : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private OpenedReport(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Add($"console {message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Add("script error: " + error);
        page.RequestFailed += (_, request) => _complaints.Add("failed request: " + request.Url);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                _complaints.Add("request to another host: " + request.Url);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Console errors and warnings, script errors, violations of the policy, failed requests, requests to other hosts.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<OpenedReport> OpenAsync(
        IBrowser browser, string path, int width, ColorScheme scheme, bool hasScript = true)
    {
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 844 : 800 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = hasScript,
            DeviceScaleFactor = width < 600 ? 2 : 1,
        });
        var report = new OpenedReport(context, await context.NewPageAsync());
        await report.Page.GotoAsync(new Uri(path).AbsoluteUri);
        return report;
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
