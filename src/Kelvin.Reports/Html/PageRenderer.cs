using Kelvin.Reports.Charts;

namespace Kelvin.Reports.Html;

/// <summary>Renders the frame of a page: head, header, navigation, summary, sections, footer.</summary>
internal sealed class PageRenderer
{
    private const string Icon =
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%23c2410c'/%3E"
        + "%3Cpath d='M5 3v10M11 3 5.5 8.3 11 13' stroke='%23fff' stroke-width='2' fill='none'/%3E%3C/svg%3E";

    private readonly HtmlWriter _html = new();
    private readonly ReportPage _page;
    private readonly Dictionary<string, string> _anchors = new(StringComparer.Ordinal);

    private PageRenderer(ReportPage page)
    {
        _page = page;
        foreach (Section section in page.Sections)
            _anchors.TryAdd(section.Title, Anchor(section.Title));
    }

    public static string Render(ReportPage page) => new PageRenderer(page).Render();

    private string Render()
    {
        _html.Raw("<!DOCTYPE html>\n").Open("html", ("lang", "en"));
        Head();
        _html.Open("body").Line();
        _html.Element("a", "Skip to the report", ("class", "skip"), ("href", "#report")).Line();
        Header();
        _html.Open("div", ("class", "layout")).Line();
        Navigation();
        _html.Open("main", ("id", "report")).Line();
        Summary();
        var blocks = new BlockRenderer(_html);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (Section section in _page.Sections)
            RenderSection(section, blocks, used);
        _html.Close().Close().Line();
        Footer();
        bool hasCharts = _page.Sections.Any(section => section.Blocks.Any(HasChart));
        if (hasCharts)
            _html.Open("script").Raw(Assets.ECharts).Close().Line();
        _html.Open("script").Raw(Assets.Script).Close().Line();
        return _html.Close().Close().Line().ToString();
    }

    private static bool HasChart(Block block) => block is Chart || (block is BlockGrid grid && grid.Blocks.Any(HasChart));

    private void Head()
    {
        _html.Open("head").Line();
        _html.Void("meta", ("charset", "utf-8")).Line();
        _html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Assets.Policy)).Line();
        _html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Line();
        _html.Void("meta", ("name", "color-scheme"), ("content", "light dark")).Line();
        _html.Void("meta", ("name", "generator"), ("content", "Kelvin")).Line();
        _html.Element("title", _page.Title).Line();
        _html.Void("link", ("rel", "icon"), ("href", Icon)).Line();
        _html.Open("style").Raw(Assets.Style).Close().Line();
        _html.Close().Line();
    }

    private void Header()
    {
        _html.Open("header", ("class", "masthead")).Line();
        _html.Open("div", ("class", "bar"));
        _html.Open("span", ("class", "brand")).Element("span", "K", ("class", "mark"), ("aria-hidden", "true")).Text("Kelvin").Close();
        _html.Element("button", "Theme", ("id", "theme"), ("class", "theme"), ("type", "button"), ("hidden", ""));
        _html.Close().Line();
        _html.Element("h1", _page.Title).Line();
        if (_page.Subtitle.Length > 0)
            Inline.Paragraphs(_html, _page.Subtitle, "subtitle");
        if (_page.Facts.Count > 0)
        {
            _html.Open("dl", ("class", "facts"));
            foreach (Fact fact in _page.Facts)
                _html.Open("div").Element("dt", fact.Name).Element("dd", fact.Value).Close();
            _html.Close().Line();
        }

        _html.Close().Line();
    }

    private void Navigation()
    {
        _html.Open("nav", ("class", "contents"), ("aria-label", "Contents")).Open("ol").Line();
        if (HasSummary)
            _html.Open("li").Element("a", "In short", ("href", "#in-short")).Close().Line();
        foreach (Section section in _page.Sections)
            _html.Open("li").Element("a", section.Title, ("href", "#" + _anchors[section.Title])).Close().Line();
        _html.Close().Close().Line();
    }

    private bool HasSummary => _page.Summary.Count > 0 || _page.Headline.Length > 0;

    private void Summary()
    {
        if (!HasSummary)
            return;

        _html.Open("section", ("id", "in-short"), ("class", "summary"), ("aria-labelledby", "in-short-title")).Line();
        _html.Element("h2", "In short", ("id", "in-short-title")).Line();
        if (_page.Headline.Length > 0)
            Inline.Paragraphs(_html, _page.Headline, "headline");
        if (_page.Summary.Count > 0)
        {
            _html.Open("ul", ("class", "verdicts")).Line();
            foreach (SummaryItem item in _page.Summary)
                Item(item);
            _html.Close().Line();
        }

        _html.Close().Line();
    }

    private void Item(SummaryItem item)
    {
        _html.Open("li", ("class", "verdict " + Badge.Style(item.Verdict)));
        Badge.Write(_html, item.Verdict, item.Condition);
        _html.Open("p", ("class", "claim"));
        Inline.Write(_html, item.Claim);
        _html.Close();
        Inline.Paragraphs(_html, item.Detail, "detail");
        if (_anchors.TryGetValue(item.SectionTitle, out string? anchor))
        {
            _html.Open("p", ("class", "more")).Open("a", ("href", "#" + anchor)).Text("See " + item.SectionTitle)
                .Element("span", " ↓", ("aria-hidden", "true")).Close().Close();
        }

        _html.Close().Line();
    }

    private void RenderSection(Section section, BlockRenderer blocks, HashSet<string> used)
    {
        string anchor = _anchors[section.Title];
        string? id = used.Add(anchor) ? anchor : null;
        _html.Open("section", ("id", id), ("aria-labelledby", id is null ? null : id + "-title")).Line();
        _html.Element("h2", section.Title, ("id", id is null ? null : id + "-title")).Line();
        if (section.Lead.Length > 0)
            Inline.Paragraphs(_html, section.Lead, "lead");
        foreach (Block block in section.Blocks)
            blocks.Write(block);
        _html.Close().Line();
    }

    private void Footer()
    {
        _html.Open("footer").Line();
        if (_page.Closing.Length > 0)
            Inline.Paragraphs(_html, _page.Closing);
        _html.Element(
            "p",
            "Made by Kelvin (MIT licence). Charts by Apache ECharts 6.0.0, copyright The Apache Software Foundation, licensed under the "
            + "Apache License, Version 2.0 (www.apache.org/licenses/LICENSE-2.0); it contains zrender (BSD 3-Clause) and parts of d3 (BSD 3-Clause). "
            + "This file loads nothing from anywhere.",
            ("class", "notice")).Line();
        _html.Close().Line();
    }

    private string Anchor(string title)
    {
        string slug = string.Join('-', new string([.. title.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        string anchor = "s-" + slug;
        while (_anchors.ContainsValue(anchor))
            anchor += "-next";
        return anchor;
    }
}
