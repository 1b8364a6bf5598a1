namespace Kelvin.Reports.Charts;

/// <summary>A colour by its role: each theme has its own value for it. Taken from <see cref="Palette"/>.</summary>
public readonly record struct ChartColor
{
    private readonly string? _token;

    internal ChartColor(string token) => _token = token;

    /// <summary>The name of the CSS custom property without its dashes; the default value is the muted grey.</summary>
    internal string Token => _token ?? "muted";
}
