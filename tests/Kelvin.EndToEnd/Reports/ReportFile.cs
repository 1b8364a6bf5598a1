using Kelvin.Reports;

namespace Kelvin.EndToEnd.Reports;

/// <summary>A report rendered to a file of its own, which goes when the test does.</summary>
internal sealed class ReportFile(ReportPage page) : IDisposable
{
    public string Path { get; } = Write(page);

    public void Dispose() => File.Delete(Path);

    private static string Write(ReportPage page)
    {
        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"kelvin-report-{Guid.NewGuid():N}.html");
        File.WriteAllText(path, HtmlReport.Render(page));
        return path;
    }
}
