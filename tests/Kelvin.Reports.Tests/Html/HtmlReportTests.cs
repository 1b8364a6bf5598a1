using System.Text;

namespace Kelvin.Reports.Tests.Html;

public class HtmlReportTests
{
    private static readonly string Html = HtmlReport.Render(SamplePage.Make());

    [Fact]
    public void The_same_page_renders_to_the_same_text() =>
        Assert.Equal(Html, HtmlReport.Render(SamplePage.Make()));

    [Fact]
    public async Task Writing_gives_the_rendered_text_in_utf8_without_a_mark()
    {
        using var stream = new MemoryStream();

        await HtmlReport.WriteAsync(SamplePage.Make(), stream, TestContext.Current.CancellationToken);

        Assert.Equal(Encoding.UTF8.GetBytes(Html), stream.ToArray());
    }

    [Fact]
    public void Every_chart_and_block_of_the_sample_is_drawn()
    {
        Assert.Equal(8, Html.Split("<figure class=\"chart").Length - 1);
        Assert.Contains("<img src=\"data:image/png;base64,", Html, StringComparison.Ordinal);
        Assert.Contains("class=\"incident bad\"", Html, StringComparison.Ordinal);
        Assert.Contains("Make this report again", Html, StringComparison.Ordinal);
    }
}
