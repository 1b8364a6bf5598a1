namespace Kelvin.Statistics;

/// <summary>Holds an interval that covers the true value with a given confidence.</summary>
/// <param name="Low">Lower end; NaN where the data say nothing.</param>
/// <param name="High">Upper end; NaN where the data say nothing.</param>
/// <param name="Level">Confidence, between 0 and 1, such as 0.95.</param>
public readonly record struct Interval(double Low, double High, double Level)
{
    /// <summary>High − Low.</summary>
    public double Width => High - Low;

    /// <summary>Whether <paramref name="value"/> lies in the interval, its ends included.</summary>
    public bool Contains(double value) => value >= Low && value <= High;
}
