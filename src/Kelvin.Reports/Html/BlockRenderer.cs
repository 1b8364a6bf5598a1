using System.Globalization;
using Kelvin.Reports.Charts;
using Kelvin.Reports.Pictures;

namespace Kelvin.Reports.Html;

/// <summary>Renders the blocks of a section.</summary>
internal sealed class BlockRenderer(HtmlWriter html)
{
    private readonly ChartRenderer _charts = new(html);
    private readonly PictureRenderer _pictures = new(html);
    private readonly TableRenderer _tables = new(html);
    private readonly TokenStripRenderer _tokens = new(html);

    public void Write(Block block)
    {
        switch (block)
        {
            case Prose prose:
                Inline.Paragraphs(html, prose.Text, "prose");
                break;
            case Callout callout:
                Write(callout);
                break;
            case KeyNumbers numbers:
                Write(numbers);
                break;
            case DataTable table:
                _tables.Write(table);
                break;
            case Chart chart:
                _charts.Write(chart);
                break;
            case PictureGrid pictures:
                _pictures.Write(pictures);
                break;
            case TokenStrip tokens:
                _tokens.Write(tokens);
                break;
            case IncidentCard incident:
                Write(incident);
                break;
            case CommandLine command:
                Write(command);
                break;
            case BlockGrid grid:
                html.Open("div", ("class", "grid")).Line();
                foreach (Block inner in grid.Blocks)
                    Write(inner);
                html.Close().Line();
                break;
            default:
                throw new ArgumentException($"{block.GetType().Name} is a block that the page cannot draw.", nameof(block));
        }
    }

    private void Write(Callout callout)
    {
        (string style, string sign, string word) = callout.Kind switch
        {
            CalloutKind.Good => ("good", "✓", "Good"),
            CalloutKind.Warning => ("warning", "!", "Careful"),
            CalloutKind.Bad => ("bad", "✕", "Wrong"),
            _ => ("note", "i", "Note"),
        };
        html.Open("div", ("class", "callout " + style), ("role", "note"));
        html.Open("p", ("class", "callout-title")).Element("span", sign, ("class", "sign"), ("aria-hidden", "true"))
            .Element("span", word + ": ", ("class", "unseen")).Text(callout.Title).Close();
        Inline.Paragraphs(html, callout.Text);
        html.Close().Line();
    }

    private void Write(KeyNumbers numbers)
    {
        html.Open("dl", ("class", "key-numbers")).Line();
        foreach (KeyNumber number in numbers.Numbers)
        {
            html.Open("div").Element("dt", number.Label).Open("dd");
            html.Open("span", ("class", "big"));
            CellRenderer.Write(html, number.Value);
            html.Close();
            if (number.Detail.Length > 0)
            {
                html.Open("span", ("class", "small"));
                Inline.Write(html, number.Detail);
                html.Close();
            }

            html.Close().Close().Line();
        }

        html.Close().Line();
    }

    private void Write(IncidentCard incident)
    {
        (string style, string word) = incident.Severity switch
        {
            Severity.Critical => ("bad", "critical"),
            Severity.Warning => ("warning", "warning"),
            _ => ("note", "note"),
        };
        html.Open("article", ("class", "incident " + style)).Line();
        html.Open("p", ("class", "incident-head"))
            .Open("span", ("class", "badge " + style)).Element("span", style == "note" ? "i" : "!", ("class", "sign"), ("aria-hidden", "true")).Text(word).Close()
            .Element("code", incident.Cause);
        if (incident.Run.Length > 0)
            html.Element("span", incident.Run, ("class", "run"));
        html.Close().Line();
        html.Element("h3", incident.Title).Line();
        string steps = Steps(incident);
        if (steps.Length > 0)
            html.Element("p", steps, ("class", "steps")).Line();
        List("What was seen", "ul", incident.Evidence);
        List("What to do", "ol", incident.Remedy);
        html.Close().Line();
    }

    private static string Steps(IncidentCard incident)
    {
        var parts = new List<string>();
        if (incident.SinceStep is { } since)
            parts.Add("began at step " + since.ToString(CultureInfo.InvariantCulture));
        if (incident.OpenedStep is { } opened)
            parts.Add("named at step " + opened.ToString(CultureInfo.InvariantCulture));
        if (parts.Count > 0)
            parts.Add(incident.ClosedStep is { } closed ? "over at step " + closed.ToString(CultureInfo.InvariantCulture) : "still open at the end");
        string text = string.Join(" · ", parts);
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }

    private void List(string heading, string tag, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
            return;

        html.Element("h4", heading).Open(tag);
        foreach (string item in items)
        {
            html.Open("li");
            Inline.Write(html, item);
            html.Close();
        }

        html.Close().Line();
    }

    private void Write(CommandLine command)
    {
        html.Open("figure", ("class", "command"));
        if (command.Caption.Length > 0)
        {
            html.Open("figcaption");
            Inline.Write(html, command.Caption);
            html.Close();
        }

        html.Open("pre", ("tabindex", "0")).Element("code", command.Text).Close().Close().Line();
    }
}
