using System.Globalization;

namespace Kelvin.Reports.Html;

/// <summary>Renders a text whose tokens are shaded in ten steps.</summary>
internal sealed class TokenStripRenderer(HtmlWriter html)
{
    private const int Shades = 10;

    private int _strips;

    public void Write(TokenStrip strip)
    {
        string id = "tokens-" + (++_strips).ToString(CultureInfo.InvariantCulture);
        double largest = strip.Tokens.Select(token => token.Value).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        html.Open("figure", ("class", "tokens card"), ("aria-labelledby", id)).Line();
        html.Element("h3", strip.Title, ("id", id)).Line();
        Inline.Paragraphs(html, strip.Caption, "caption");
        html.Open("p", ("class", "token-text"));
        foreach (TokenMark token in strip.Tokens)
            html.Element("span", Seen(token), ("class", Style(token.Value, largest)), ("title", token.Detail));
        html.Close().Line();
        html.Open("p", ("class", "token-key")).Text(strip.ValueName + ": 0 ");
        for (int shade = 0; shade <= Shades; shade++)
            html.Element("span", "", ("class", Shade(shade)), ("aria-hidden", "true"));
        html.Text(" " + ReportNumber.Format(largest)).Close().Line();
        html.Close().Line();
    }

    /// <summary>A token that is no character of its own is shown by a small mark, so that it can be pointed at.</summary>
    private static string Seen(TokenMark token) => token.Text.Length == 0 ? "·" : token.Text;

    private static string Style(double value, double largest) =>
        double.IsFinite(value) ? Shade(largest > 0 ? (int)Math.Round(Shades * value / largest) : 0) : "token unshaded";

    private static string Shade(int shade) => string.Create(CultureInfo.InvariantCulture, $"token shade-{shade}");
}
