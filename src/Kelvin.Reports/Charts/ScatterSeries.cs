namespace Kelvin.Reports.Charts;

/// <summary>One cloud of points.</summary>
/// <param name="Name">What it is.</param>
/// <param name="X">Horizontal places.</param>
/// <param name="Y">Vertical places, as many; a pair with NaN or ±∞ is not drawn.</param>
public sealed record ScatterSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>The colour; null: by the name if it is an activation's, else by order. Each series has its own symbol as well.</summary>
    public ChartColor? Color { get; init; }

    /// <summary>A name for each point, shown on hover and in the data; null for none.</summary>
    public IReadOnlyList<string>? Labels { get; init; }
}
