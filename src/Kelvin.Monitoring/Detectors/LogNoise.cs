namespace Kelvin.Monitoring;

/// <summary>Estimates the step-to-step noise of a series of logarithms, and finds none in a smooth curve.</summary>
/// <remarks>
/// <para>σ̂ = mean |x_t − 2x_{t−1} + x_{t−2}| / (√6·√(2/π)): second differences of white noise of deviation σ are normal with
/// deviation √6·σ, those of a line are 0. Exponential mean with weight 1/40, corrected for its start; a single difference
/// counts for at most 5 times the estimate before it.</para>
/// <para>Cost: O(1), no memory beyond five numbers.</para>
/// </remarks>
internal struct LogNoise
{
    private const double Weight = 1.0 / 40;
    private const double Cap = 5;
    private const double ToDeviation = 1.9544100476116797;   // √6·√(2/π)

    private double _last;
    private double _beforeLast;
    private double _sum;
    private double _mass;
    private long _count;

    /// <summary>σ̂; 0 while fewer than three values are known.</summary>
    public readonly double Deviation => _mass > 0 ? _sum / _mass / ToDeviation : 0;

    public void Add(double x)
    {
        if (_count >= 2)
        {
            double difference = Math.Abs(x - (2 * _last) + _beforeLast);
            double mean = _mass > 0 ? _sum / _mass : 0;
            if (mean > 0)
                difference = Math.Min(difference, Math.Max(Cap * mean, 0.1));
            _sum += Weight * (difference - _sum);
            _mass += Weight * (1 - _mass);
        }

        _beforeLast = _last;
        _last = x;
        _count++;
    }

    public void Exchange(string name, StateExchange state)
    {
        state.Field(name + ".last", ref _last);
        state.Field(name + ".beforeLast", ref _beforeLast);
        state.Field(name + ".sum", ref _sum);
        state.Field(name + ".mass", ref _mass);
        state.Field(name + ".count", ref _count);
    }
}
