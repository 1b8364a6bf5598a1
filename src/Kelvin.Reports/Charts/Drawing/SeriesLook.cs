namespace Kelvin.Reports.Charts;

/// <summary>Gives every series name of a chart its colour, dash pattern and symbol.</summary>
internal sealed class SeriesLook
{
    private static readonly ChartColor[] Activations = [Palette.Softmax, Palette.Exp, Palette.Relu, Palette.Gelu];

    private readonly Dictionary<string, (ChartColor Color, LineDash Dash, int Symbol)> _looks = new(StringComparer.Ordinal);

    private readonly List<string> _names = [];

    /// <summary>The names in the order of their first appearance.</summary>
    public IReadOnlyList<string> Names => _names;

    public ChartColor Color(string name) => _looks[name].Color;

    public LineDash Dash(string name) => _looks[name].Dash;

    public int Symbol(string name) => _looks[name].Symbol;

    /// <summary>Looks up a name, and decides its look when it is new.</summary>
    public void Add(string name, ChartColor? color, LineDash dash = LineDash.Solid)
    {
        if (_looks.ContainsKey(name))
            return;

        ChartColor? activation = Palette.Of(name);
        int symbol = activation is { } known ? Array.IndexOf(Activations, known) : _names.Count;
        _looks[name] = (color ?? activation ?? Palette.Series(_names.Count), dash, symbol);
        _names.Add(name);
    }

    public IReadOnlyList<LegendItem> Legend(LegendShape shape) =>
        [.. _names.Select(name => new LegendItem(name, Color(name), shape, Dash(name), Symbol(name)))];
}
