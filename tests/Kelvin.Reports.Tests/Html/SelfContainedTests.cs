using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Kelvin.Reports.Tests.Html;

public partial class SelfContainedTests
{
    private static readonly string Html = HtmlReport.Render(SamplePage.Make());

    [Fact]
    public void No_address_of_another_host_stands_in_the_file()
    {
        string[] addresses = [.. Addresses().Matches(Html).Select(match => match.Value).Distinct(StringComparer.Ordinal)];

        Assert.All(addresses, address => Assert.StartsWith("http://www.w3.org/", address, StringComparison.Ordinal));   // names of XML namespaces
    }

    [Fact]
    public void No_script_evaluates_text_fetches_or_opens_a_connection()
    {
        foreach (string call in (string[])["eval(", "fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "importScripts", "vizorECharts"])
            Assert.DoesNotContain(call, Html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_policy_admits_exactly_the_scripts_and_the_style_of_the_page()
    {
        string policy = System.Net.WebUtility.HtmlDecode(Policy().Match(Html).Groups["policy"].Value);
        string[] inline = [.. Inline().Matches(Html).Select(match => match.Groups["code"].Value)];

        Assert.Equal(3, inline.Length);
        Assert.All(inline, code => Assert.Contains(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(code))), policy, StringComparison.Ordinal));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_charts_does_not_carry_the_chart_library() =>
        Assert.InRange(HtmlReport.Render(new ReportPage { Title = "Short" }).Length, 1_000, 60_000);

    [Fact]
    public void The_file_stays_below_two_megabytes() => Assert.InRange(Html.Length, 1_000_000, 2_000_000);

    [GeneratedRegex("https?://[^\"'\\s<>)]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Addresses();

    [GeneratedRegex("Content-Security-Policy\" content=\"(?<policy>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Policy();

    [GeneratedRegex("<(?<tag>script|style)>(?<code>.*?)</\\k<tag>>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Inline();
}
