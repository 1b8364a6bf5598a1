namespace Kelvin.Monitoring;

/// <summary>The median of the last five values, which one or two odd ones cannot move.</summary>
internal sealed class MedianOfFive
{
    private const int Length = 5;

    private readonly double[] _ring = new double[Length];
    private long _count;

    /// <summary>Takes a value and returns the median of the last five; NaN while there are fewer.</summary>
    public double Add(double value)
    {
        _ring[_count % Length] = value;
        _count++;
        if (_count < Length)
            return double.NaN;

        Span<double> sorted = stackalloc double[Length];
        _ring.CopyTo(sorted);
        sorted.Sort();
        return sorted[Length / 2];
    }

    public void Exchange(string name, StateExchange state)
    {
        state.Field(name + ".ring", _ring);
        state.Field(name + ".count", ref _count);
    }
}
