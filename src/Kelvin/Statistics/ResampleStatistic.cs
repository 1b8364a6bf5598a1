namespace Kelvin.Statistics;

/// <summary>Computes a statistic of some rows.</summary>
/// <param name="rows">Numbers of the rows, from 0, with repeats.</param>
public delegate double ResampleStatistic(ReadOnlySpan<int> rows);
