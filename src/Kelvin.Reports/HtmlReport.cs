using System.Text;
using Kelvin.Reports.Html;

namespace Kelvin.Reports;

/// <summary>Turns a <see cref="ReportPage"/> into one HTML file that needs nothing else: no network, no folder beside it.</summary>
public static class HtmlReport
{
    /// <summary>Renders the page.</summary>
    /// <returns>The whole document, about 1.2 MB: the chart library is part of it.</returns>
    /// <remarks>
    /// Same page, same text, to the byte. Scripts and styles are admitted by their hashes in a content security policy that
    /// forbids everything else; all text is escaped; charts travel as JSON that is never evaluated as code.
    /// </remarks>
    public static string Render(ReportPage page) => PageRenderer.Render(page);

    /// <summary>Renders the page and writes it as UTF-8 without a byte order mark.</summary>
    /// <param name="page">What to render.</param>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="cancellationToken">Ends the writing early; what was written so far stays.</param>
    public static async Task WriteAsync(ReportPage page, Stream stream, CancellationToken cancellationToken)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Render(page));
        await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
