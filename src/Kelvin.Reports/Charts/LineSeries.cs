namespace Kelvin.Reports.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What it is; lines of one name share colour, sign and legend entry (repetitions with other seeds).</param>
/// <param name="X">Places on the horizontal axis, not decreasing.</param>
/// <param name="Y">Values, as many as <paramref name="X"/>; NaN and ±∞ leave gaps.</param>
/// <remarks>A line of more than 2 000 points is thinned; its smallest and largest values always stay.</remarks>
public sealed record LineSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>The colour; null: by the name if it is an activation's, else by the order of names.</summary>
    public ChartColor? Color { get; init; }

    /// <summary>The pattern. Lines are told apart by colour and by a sign now and then, so all are solid unless asked.</summary>
    public LineDash Dash { get; init; } = LineDash.Solid;

    /// <summary>Lower edge of a band around the line, as many as <see cref="X"/>; together with <see cref="High"/>.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>Upper edge of the band.</summary>
    public IReadOnlyList<double>? High { get; init; }

    /// <summary>True draws the line thin and pale: single runs behind their mean.</summary>
    public bool IsFaint { get; init; }

    /// <summary>True marks each value with a point: for few measured values.</summary>
    public bool HasPoints { get; init; }
}
