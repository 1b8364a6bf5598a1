namespace Kelvin.Reports.Pictures;

/// <summary>A picture as values: one a pixel, row by row from the top left.</summary>
/// <param name="Width">Pixels across, at least 1.</param>
/// <param name="Values">The values; a multiple of <paramref name="Width"/>. NaN and ±∞ leave their pixel clear.</param>
public sealed record Picture(int Width, IReadOnlyList<double> Values);
