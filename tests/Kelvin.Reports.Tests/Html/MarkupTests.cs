using System.Text.RegularExpressions;

namespace Kelvin.Reports.Tests.Html;

public partial class MarkupTests
{
    private static readonly string[] Void = ["meta", "link", "img"];

    public static TheoryData<string> Pages => new("sample", "hostile", "empty");

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_element_that_opens_closes_in_turn(string page)
    {
        var open = new Stack<string>();
        foreach (Match tag in Tags().Matches(Bare(page)))
        {
            string name = tag.Groups["name"].Value;
            if (tag.Groups["end"].Value == "/")
                Assert.Equal(open.Pop(), name);
            else if (!Void.Contains(name, StringComparer.Ordinal))
                open.Push(name);
        }

        Assert.Empty(open);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Identifiers_are_unique_and_every_reference_has_its_target(string page)
    {
        string html = Bare(page);
        string[] ids = [.. Ids().Matches(html).Select(match => match.Groups["id"].Value)];
        string[] references = [.. References().Matches(html).Select(match => match.Groups["id"].Value)];

        Assert.Equal(ids.Distinct(StringComparer.Ordinal).Count(), ids.Length);
        Assert.All(references, reference => Assert.Contains(reference, ids, StringComparer.Ordinal));
    }

    [Fact]
    public void Sections_of_one_title_stay_apart()
    {
        string html = HtmlReport.Render(new ReportPage { Title = "t", Sections = [new("Runs", []), new("Runs!", []), new("Runs", [])] });

        string[] ids = [.. Ids().Matches(html).Select(match => match.Groups["id"].Value)];
        Assert.Equal("s-runs s-runs-title s-runs-next s-runs-next-title", string.Join(' ', ids.Where(id => id.StartsWith("s-", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("a `b` c", "a <code>b</code> c")]
    [InlineData("a **b** `c`", "a <strong>b</strong> <code>c</code>")]
    [InlineData("2 ** 3 < 9", "2 ** 3 &lt; 9")]
    [InlineData("one ` only", "one ` only")]
    [InlineData("****", "****")]
    [InlineData("95 % of 3 × 4", "95&#160;% of 3&#160;&#215; 4")]
    public void Marks_with_a_partner_mark_and_others_are_literal(string text, string expected) =>
        Assert.Contains($"<p class=\"headline\">{expected}</p>", HtmlReport.Render(new ReportPage { Title = "t", Headline = text }), StringComparison.Ordinal);

    [Theory]
    [InlineData("–", true)]
    [InlineData("> 10 ×", true)]
    [InlineData("not measured", false)]
    public void Signs_stand_under_the_numbers_of_their_column_and_words_do_not(string other, bool isNumeric)
    {
        string html = HtmlReport.Render(new ReportPage { Title = "t", Sections = [new("s", [new DataTable("t", ["Name", "Value"], [["a", 1.5], ["b", other]])])] });

        Assert.Equal(isNumeric, html.Contains("<th scope=\"col\" class=\"numeric\">Value", StringComparison.Ordinal));
        Assert.Equal(isNumeric ? 2 : 1, html.Split("<td class=\"numeric\">").Length - 1);
        Assert.Contains("<th scope=\"col\">Name", html, StringComparison.Ordinal);
    }

    private static string Bare(string page) => Assets().Replace(
        HtmlReport.Render(page switch
        {
            "sample" => SamplePage.Make(),
            "hostile" => HostilePage.Make(),
            _ => new ReportPage { Title = "Nothing" },
        }),
        "");

    [GeneratedRegex("(?<=<(?<tag>script|style)[^>]*>).*?(?=</\\k<tag>>)|<!DOCTYPE html>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10000)]
    private static partial Regex Assets();

    [GeneratedRegex("<(?<end>/?)(?<name>[a-z][a-z0-9]*)[^>]*>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Tags();

    [GeneratedRegex(" id=\"(?<id>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Ids();

    [GeneratedRegex(" (?:aria-labelledby=\"|href=\"#|data-for=\")(?<id>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex References();
}
