using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Kelvin.EndToEnd.Browser;
using Microsoft.Playwright;

namespace Kelvin.EndToEnd.Reports;

/// <summary>What every report of Kelvin keeps, whoever made it. KELVIN_SCREENSHOTS=DIR keeps pictures of the pages.</summary>
internal static class ReportChecks
{
    /// <summary>The views in which a report is checked: desktop and phone, light and dark.</summary>
    public static TheoryData<int, ColorScheme> Views => new(
        (1280, ColorScheme.Light), (1280, ColorScheme.Dark), (390, ColorScheme.Light), (390, ColorScheme.Dark));

    /// <summary>All checks, and a picture under the given name.</summary>
    public static async Task AllAsync(OpenedReport report, string name)
    {
        await FitsAsync(report);
        await ChartsArePaintedAsync(report);
        await PicturesAreWholeAsync(report);
        if (Environment.GetEnvironmentVariable("KELVIN_SCREENSHOTS") is { Length: > 0 } folder)
            await report.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name.ToLowerInvariant() + ".png"), FullPage = true });
        await AccessibleAsync(report);
        Quiet(report);
    }

    /// <summary>The browser has nothing to complain about.</summary>
    public static void Quiet(OpenedReport report) => Assert.Empty(report.Complaints);

    /// <summary>The page as a whole does not scroll sideways.</summary>
    public static async Task FitsAsync(OpenedReport report)
    {
        string[] wide = await report.Page.EvaluateAsync<string[]>(
            """
            () => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              return [...document.querySelectorAll("body *")]
                .filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest(".scroll, pre, nav"))
                .map(e => e.tagName + "." + e.className + " " + e.getBoundingClientRect().right);
            }
            """);
        int[] sizes = await report.Page.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]");

        Assert.True(sizes[0] <= sizes[1], $"The page is {sizes[0]} wide in a window of {sizes[1]}: {string.Join(", ", wide)}");
    }

    /// <summary>Every chart has a canvas, and something is painted on it.</summary>
    public static async Task ChartsArePaintedAsync(OpenedReport report)
    {
        string[] states = await report.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll(".plot")].map(plot => {
              const canvas = plot.querySelector("canvas");
              if (!canvas || canvas.width === 0 || canvas.height === 0) return plot.id + " has no canvas";
              const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
              let painted = 0;
              for (let i = 3; i < pixels.length; i += 4) if (pixels[i] > 0) painted++;
              return painted > 500 ? "" : plot.id + " is empty";
            })
            """);

        Assert.NotEmpty(states);
        Assert.All(states, state => Assert.Equal("", state));
    }

    /// <summary>Every picture is decoded, keeps its proportions and has sharp pixels.</summary>
    public static async Task PicturesAreWholeAsync(OpenedReport report)
    {
        string[] states = await report.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("main img")].map(img => {
              if (!img.complete || img.naturalWidth === 0) return img.alt + " is not decoded";
              const box = img.getBoundingClientRect();
              if (Math.abs(box.width / box.height - img.naturalWidth / img.naturalHeight) > 0.02) return img.alt + " is stretched";
              return getComputedStyle(img).imageRendering === "pixelated" ? "" : img.alt + " is smoothed";
            })
            """);

        Assert.All(states, state => Assert.Equal("", state));
    }

    /// <summary>axe finds nothing serious or critical.</summary>
    public static async Task AccessibleAsync(OpenedReport report)
    {
        await report.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = true)");
        AxeResult result = await report.Page.RunAxe();

        string[] found = [.. result.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html + " " + string.Join(' ', node.Any.Select(c => c.Message))))}")];
        Assert.Empty(found);
    }
}
