using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kelvin.Reports.Tests.Html;

public partial class EscapingTests
{
    private static readonly string Html = HtmlReport.Render(HostilePage.Make());

    [Fact]
    public void No_text_opens_or_ends_an_element()
    {
        Assert.DoesNotContain("<script>window", Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img src=x", Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<svg onload", Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("</code><svg", Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Options_are_json_that_holds_the_text_unchanged()
    {
        MatchCollection blocks = Options().Matches(Html);

        Assert.Equal(4, blocks.Count);
        Assert.All(blocks, block =>
        {
            using JsonDocument json = JsonDocument.Parse(block.Groups["json"].Value);
            Assert.Equal(HostilePage.Text, json.RootElement.GetProperty("option").GetProperty("dataset")[0].GetProperty("name").GetString());
        });
    }

    [GeneratedRegex("<script type=\"application/json\"[^>]*>(?<json>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Options();
}
