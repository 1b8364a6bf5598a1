namespace Kelvin.Monitoring;

/// <summary>The median and the median absolute deviation of the last W values.</summary>
/// <remarks>Cost: O(log W) comparisons and a move of at most W doubles a value; 16 W bytes, nothing later.</remarks>
internal sealed class RunningMedian(int window)
{
    private readonly double[] _ring = new double[window];
    private readonly double[] _sorted = new double[window];
    private int _count;
    private int _next;

    public int Count => _count;

    /// <summary>The median; the lower one of an even number; NaN of none.</summary>
    public double Median => _count == 0 ? double.NaN : _sorted[(_count - 1) / 2];

    /// <summary>1.4826 times the median absolute deviation: the standard deviation if the values are normal.</summary>
    public double Deviation()
    {
        if (_count == 0)
            return double.NaN;

        double median = Median;
        int below = (_count - 1) / 2;
        int above = below + 1;
        double distance = 0;
        for (int taken = 0; taken <= (_count - 1) / 2; taken++)
        {
            double down = below >= 0 ? median - _sorted[below] : double.PositiveInfinity;
            double up = above < _count ? _sorted[above] - median : double.PositiveInfinity;
            distance = Math.Min(down, up);
            if (down <= up)
                below--;
            else
                above++;
        }

        return 1.4826 * distance;
    }

    /// <summary>Takes a finite value and forgets the oldest of a full window.</summary>
    public void Add(double value)
    {
        if (_count == window)
            Remove(_ring[_next]);
        _ring[_next] = value;
        _next = (_next + 1) % window;
        int place = Array.BinarySearch(_sorted, 0, _count, value);
        place = place < 0 ? ~place : place;
        Array.Copy(_sorted, place, _sorted, place + 1, _count - place);
        _sorted[place] = value;
        _count++;
    }

    public void Exchange(string name, StateExchange state)
    {
        state.Field(name + ".ring", _ring);
        state.Field(name + ".count", ref _count, 0, window);
        state.Field(name + ".next", ref _next, 0, window - 1);
        if (!state.IsReading)
            return;

        for (int i = 0; i < _count; i++)
            _sorted[i] = _ring[i];
        Array.Sort(_sorted, 0, _count);
    }

    private void Remove(double value)
    {
        int place = Array.BinarySearch(_sorted, 0, _count, value);
        _count--;
        Array.Copy(_sorted, place + 1, _sorted, place, _count - place);
    }
}
