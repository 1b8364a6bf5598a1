namespace Kelvin.Reports.Charts;

/// <summary>One group of bars: a value for each category.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Values">One value a category; NaN leaves the bar out.</param>
public sealed record BarSeries(string Name, IReadOnlyList<double> Values)
{
    /// <summary>The colour; null: by the name if it is an activation's, else by order.</summary>
    public ChartColor? Color { get; init; }

    /// <summary>Lower ends of error bars, one a category; together with <see cref="High"/>.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>Upper ends of error bars.</summary>
    public IReadOnlyList<double>? High { get; init; }
}
