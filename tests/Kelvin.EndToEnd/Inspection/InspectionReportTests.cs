using Kelvin.EndToEnd.Browser;
using Kelvin.EndToEnd.Reports;
using Kelvin.Inspection.Inputs;
using Kelvin.Inspection.Onnx;
using Kelvin.Inspection.Pages;
using Kelvin.Reports;
using Microsoft.Playwright;

namespace Kelvin.EndToEnd.Inspection;

/// <summary>The page of a real inspection, in a real browser.</summary>
public sealed class InspectionReportTests(ChromiumFixture chromium)
{
    private static readonly Lazy<ReportFile> File = new(() => new ReportFile(Page()));

    public static TheoryData<int, ColorScheme> Views => ReportChecks.Views;

    [Theory]
    [MemberData(nameof(Views))]
    public async Task The_report_is_drawn_fits_and_is_accessible(int width, ColorScheme scheme)
    {
        await using OpenedReport report = await OpenedReport.OpenAsync(chromium.Require(), File.Value.Path, width, scheme);

        await ReportChecks.AllAsync(report, $"inspect-{width}-{scheme}");
    }

    private static ReportPage Page()
    {
        string samples = Path.Combine(Repository.Root, "samples", "inspect");
        var options = new OnnxInspectionOptions { Inputs = [InputSource.File(Path.Combine(samples, "x.json"), "x.json")] };
        return InspectionPage.Of(OnnxInspector.Inspect(Path.Combine(samples, "attention.onnx"), "attention.onnx", options, TestContext.Current.CancellationToken));
    }
}
