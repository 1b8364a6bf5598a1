namespace Kelvin.Monitoring;

/// <summary>One value of one series at one optimiser step.</summary>
/// <param name="Series">What was measured, and where.</param>
/// <param name="Step">Optimiser step, from 0. Values of step t are those before its update, except the update ratio, which is of that update.</param>
/// <param name="Value">The value; NaN and ±∞ are kept as they are and are never healthy.</param>
public readonly record struct Point(Series Series, long Step, double Value)
{
    /// <summary>Makes a point of a whole-run series.</summary>
    /// <param name="name">Metric name.</param>
    /// <param name="step">Optimiser step.</param>
    /// <param name="value">The value.</param>
    public Point(string name, long step, double value)
        : this(new Series(name), step, value)
    {
    }
}
