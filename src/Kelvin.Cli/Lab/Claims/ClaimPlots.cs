using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>The pictures of the claims.</summary>
internal static class ClaimPlots
{
    /// <summary>Estimates by category, one group of bars a name.</summary>
    public static BarChart Bars(
        string title, string caption, string category, IReadOnlyList<string> categories, Axis value, params (string Name, IReadOnlyList<Estimate> Values)[] groups) => new()
    {
        Title = title,
        Caption = caption,
        CategoryName = category,
        Categories = categories,
        Value = value,
        Series =
        [
            .. groups.Select(group => new BarSeries(group.Name, [.. group.Values.Select(one => one.Value)])
            {
                Low = [.. group.Values.Select(one => Edge(one.Low, one.Value, value))],
                High = [.. group.Values.Select(one => Edge(one.High, one.Value, value))],
            }),
        ],
    };

    /// <summary>Estimates over a number, one line a name.</summary>
    public static LineChart Lines(
        string title, string caption, Axis x, Axis y, IReadOnlyList<double> places, params (string Name, IReadOnlyList<Estimate> Values)[] lines) => new()
    {
        Title = title,
        Caption = caption,
        X = x,
        Y = y,
        Series =
        [
            .. lines.Select(line => new LineSeries(line.Name, places, [.. line.Values.Select(one => one.Value)])
            {
                Low = [.. line.Values.Select(one => Edge(one.Low, one.Value, y))],
                High = [.. line.Values.Select(one => Edge(one.High, one.Value, y))],
                HasPoints = true,
            }),
        ],
    };

    /// <summary>A logarithmic axis.</summary>
    public static Axis Log(string name) => new(name) { Scale = AxisScale.Logarithmic };

    /// <summary>The names of all three activations with a value each.</summary>
    public static (string Name, IReadOnlyList<Estimate> Values)[] ByActivation(Func<HiddenActivation, IReadOnlyList<Estimate>> values) =>
        [.. LabNetworks.Activations.Select(activation => (LabWords.Of(activation), values(activation)))];

    private static double Edge(double end, double value, Axis axis) =>
        !double.IsFinite(end) || (axis.Scale == AxisScale.Logarithmic && end <= 0) ? value : end;
}
