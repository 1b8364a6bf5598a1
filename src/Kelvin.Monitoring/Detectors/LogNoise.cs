namespace Kelvin.Monitoring;

/// <summary>Estimates the noise of a series of logarithms, and finds none in a smooth curve.</summary>
/// <remarks>
/// <para>σ̂ₖ = mean |x_t − 2x_{t−k} + x_{t−2k}| / (√6·√(2/π)) for lags k of 1, 8 and 32: second differences of white noise of deviation σ are normal
/// with deviation √6·σ, those of a line are 0; the longer lags see noise that remembers. Exponential mean with weight 1/40, corrected for
/// its start; one difference counts for at most 5 times the estimate before it.</para>
/// <para>Cost: O(1), 64 numbers.</para>
/// </remarks>
internal sealed class LogNoise
{
    private const int Length = 64;
    private const double Weight = 1.0 / 40;
    private const int Effective = 79;   // 2/weight − 1
    private const double Cap = 5;
    private const double LeastCap = 0.1;
    private const double ToDeviation = 1.9544100476116797;   // √6·√(2/π)
    private static readonly int[] Lags = [1, 8, 32];

    private readonly double[] _ring = new double[Length];
    private readonly double[] _sums = new double[Lags.Length];
    private readonly double[] _masses = new double[Lags.Length];
    private long _count;

    /// <summary>σ̂₁, the noise from step to step; 0 while fewer than three values are known.</summary>
    public double Step => Deviation(0);

    /// <summary>σ̂₁(1 + 2/√n), n the differences that count, at most 79 for this weight: what the noise may well be.</summary>
    public double StepAtMost => _count < 3 ? 0 : Step * (1 + (2 / Math.Sqrt(Math.Min(_count - 2, Effective))));

    /// <summary>The largest σ̂ₖ: how far the series wanders without a trend.</summary>
    public double Wander => Math.Max(Deviation(0), Math.Max(Deviation(1), Deviation(2)));

    public void Add(double x)
    {
        for (int i = 0; i < Lags.Length; i++)
        {
            int lag = Lags[i];
            if (_count >= 2 * lag)
                Learn(i, Math.Abs(x - (2 * Back(lag)) + Back(2 * lag)));
        }

        _ring[_count % Length] = x;
        _count++;
    }

    public void Exchange(string name, StateExchange state)
    {
        state.Field(name + ".ring", _ring);
        state.Field(name + ".sums", _sums);
        state.Field(name + ".masses", _masses);
        state.Field(name + ".count", ref _count);
        if (_count < 0)
            throw new MonitorStateException($"The saved monitor state cannot be restored: {name}.count is negative. Restore an intact copy, or start a new monitor and replay the run's points into it.");
    }

    private double Deviation(int i) => _masses[i] > 0 ? _sums[i] / _masses[i] / ToDeviation : 0;

    private double Back(int lag) => _ring[(_count - lag) % Length];

    private void Learn(int i, double difference)
    {
        double mean = _masses[i] > 0 ? _sums[i] / _masses[i] : 0;
        if (_masses[i] > 0)
            difference = Math.Min(difference, Math.Max(Cap * mean, LeastCap));
        _sums[i] += Weight * (difference - _sums[i]);
        _masses[i] += Weight * (1 - _masses[i]);
    }
}
