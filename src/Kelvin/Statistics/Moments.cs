namespace Kelvin.Statistics;

/// <summary>Gathers count, mean and variance of values one at a time.</summary>
/// <remarks>
/// <para>mean ← mean + (x − mean)/n; M₂ ← M₂ + (x − mean before)(x − mean after).</para>
/// <para>NaN in a value makes mean and variance NaN; ±∞ likewise once the other values differ. With no value the mean is NaN.</para>
/// <para>Accuracy: relative error of the variance about n·ε·√(1 + mean²/variance), against n·ε·(mean²/variance) of E[x²] − E[x]².</para>
/// <para>Source: Welford, Technometrics 4 (1962); merging: Chan, Golub and LeVeque, 1979.</para>
/// </remarks>
public struct Moments : IEquatable<Moments>
{
    private double _mean;
    private double _sumOfSquares;
    private double _minimum;
    private double _maximum;

    /// <summary>Number of values.</summary>
    public long Count { readonly get; private set; }

    /// <summary>Σx/n; NaN for no values.</summary>
    public readonly double Mean => Count == 0 ? double.NaN : _mean;

    /// <summary>Σ(x − mean)²/(n − 1); NaN for fewer than two values.</summary>
    public readonly double Variance => Count < 2 ? double.NaN : _sumOfSquares / (Count - 1);

    /// <summary>√Variance; NaN for fewer than two values.</summary>
    public readonly double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>√(Σ(x − mean)²/n), the spread of the values themselves rather than an estimate from them; NaN for no values.</summary>
    public readonly double PopulationStandardDeviation => Count == 0 ? double.NaN : Math.Sqrt(_sumOfSquares / Count);

    /// <summary>√(Variance/n), the standard error of the mean; NaN for fewer than two values.</summary>
    public readonly double StandardError => Math.Sqrt(Variance / Count);

    /// <summary>The smallest value; NaN for no values.</summary>
    public readonly double Minimum => Count == 0 ? double.NaN : _minimum;

    /// <summary>The largest value; NaN for no values.</summary>
    public readonly double Maximum => Count == 0 ? double.NaN : _maximum;

    /// <summary>Whether two gatherings have the same values in every field.</summary>
    public static bool operator ==(Moments left, Moments right) => left.Equals(right);

    /// <summary>Whether two gatherings differ in a field.</summary>
    public static bool operator !=(Moments left, Moments right) => !left.Equals(right);

    /// <summary>Gathers all of <paramref name="values"/>.</summary>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        var moments = new Moments();
        foreach (double value in values)
            moments.Add(value);
        return moments;
    }

    /// <summary>Takes in one more value.</summary>
    public void Add(double value)
    {
        Count++;
        double before = value - _mean;
        _mean += before / Count;
        _sumOfSquares += before * (value - _mean);
        _minimum = Count == 1 ? value : Math.Min(_minimum, value);
        _maximum = Count == 1 ? value : Math.Max(_maximum, value);
    }

    /// <summary>Takes in all the values of <paramref name="other"/>, as if they had been added here.</summary>
    public void Merge(in Moments other)
    {
        if (other.Count == 0)
            return;
        if (Count == 0)
        {
            this = other;
            return;
        }

        long count = Count + other.Count;
        double delta = other._mean - _mean;
        _mean += delta * other.Count / count;
        _sumOfSquares += other._sumOfSquares + (delta * delta * ((double)Count * other.Count / count));
        _minimum = Math.Min(_minimum, other._minimum);
        _maximum = Math.Max(_maximum, other._maximum);
        Count = count;
    }

    /// <inheritdoc/>
    public readonly bool Equals(Moments other) =>
        Count == other.Count && _mean.Equals(other._mean) && _sumOfSquares.Equals(other._sumOfSquares)
        && _minimum.Equals(other._minimum) && _maximum.Equals(other._maximum);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Moments other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(Count, _mean, _sumOfSquares, _minimum, _maximum);
}
