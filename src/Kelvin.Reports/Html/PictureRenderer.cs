using System.Globalization;
using Kelvin.Reports.Pictures;

namespace Kelvin.Reports.Html;

/// <summary>Renders a grid of pictures as a figure: words, one image with its rows and columns named, and the key to its shades.</summary>
internal sealed class PictureRenderer(HtmlWriter html)
{
    /// <summary>How wide a picture is drawn where there is room, in pixels of the page.</summary>
    private const int Widest = 720;

    /// <summary>How large one value may become: beyond, a small picture would fill the page.</summary>
    private const int LargestPixel = 24;

    private int _pictures;

    public void Write(PictureGrid grid)
    {
        PictureSheet sheet = PictureSheet.Of(grid);
        string id = "picture-" + (++_pictures).ToString(CultureInfo.InvariantCulture);
        html.Open("figure", ("class", "picture card"), ("aria-labelledby", id)).Line();
        html.Element("h3", grid.Title, ("id", id)).Line();
        Inline.Paragraphs(html, grid.Caption, "caption");
        html.Open("div", ("class", "sheet")).Line();
        html.Open("p", ("class", "axis-x")).Text(grid.ColumnName).Element("span", " →", ("aria-hidden", "true")).Close().Line();
        Names("columns", grid.Columns);
        html.Open("p", ("class", "axis-y")).Text(grid.RowName).Element("span", " ↓", ("aria-hidden", "true")).Close().Line();
        Names("rows", grid.Rows);
        Image(grid, sheet);
        html.Close().Line();
        string low = ReportNumber.Format(sheet.Low, grid.Value.Form);
        string high = ReportNumber.Format(sheet.High, grid.Value.Form);
        html.Open("p", ("class", "shades")).Text($"{grid.Value.Label}: {low}").Element("span", "", ("class", "ramp"), ("role", "img"), ("aria-label", "black, to white:")).Text(high).Close().Line();
        html.Close().Line();
    }

    private void Names(string style, IReadOnlyList<string> names)
    {
        html.Open("ol", ("class", style));
        foreach (string name in names)
            html.Element("li", name);
        html.Close().Line();
    }

    private void Image(PictureGrid grid, PictureSheet sheet)
    {
        int scale = Math.Clamp(Widest / sheet.Width, 1, LargestPixel);
        html.Void(
            "img",
            ("src", "data:image/png;base64," + Convert.ToBase64String(PngImage.Encode(sheet.Width, sheet.Pixels))),
            ("alt", grid.Description),
            ("width", (scale * sheet.Width).ToString(CultureInfo.InvariantCulture)),
            ("height", (scale * sheet.Height).ToString(CultureInfo.InvariantCulture))).Line();
    }
}
