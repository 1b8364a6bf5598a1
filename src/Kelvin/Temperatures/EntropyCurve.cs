using System.Numerics;

namespace Kelvin.Temperatures;

/// <summary>H(T) of one row of logits, and its slope over log T. Nothing is copied.</summary>
internal readonly ref struct EntropyCurve<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> _logits;
    private readonly double _max;

    public EntropyCurve(ReadOnlySpan<T> logits)
    {
        _logits = logits;
        _max = double.NegativeInfinity;
        IsFinite = true;
        foreach (T z in logits)
        {
            double value = double.CreateTruncating(z);
            IsFinite &= !double.IsNaN(value) && !double.IsPositiveInfinity(value);
            Unmasked += double.IsNegativeInfinity(value) ? 0 : 1;
            if (value > _max)
                (_max, Ties) = (value, 1);
            else if (value == _max)
                Ties++;
        }

        IsFinite &= Unmasked > 0;
        foreach (T z in logits)
            MeanGap += Gap(z) is double gap && double.IsFinite(gap) ? gap / Unmasked : 0;
        foreach (T z in logits)
            GapVariance += Gap(z) is double gap && double.IsFinite(gap) ? (gap - MeanGap) / Unmasked * (gap - MeanGap) : 0;
    }

    /// <summary>Whether there is an entry above −∞ and none that is NaN or +∞.</summary>
    public bool IsFinite { get; }

    /// <summary>k, the number of entries above −∞.</summary>
    public int Unmasked { get; }

    /// <summary>Number of entries equal to the maximum.</summary>
    public int Ties { get; }

    /// <summary>Mean of z − max z over the unmasked entries.</summary>
    public double MeanGap { get; }

    /// <summary>Variance of z over the unmasked entries, all weighing the same.</summary>
    public double GapVariance { get; }

    /// <summary>H(T) and dH/d log T = Var(z)/T².</summary>
    /// <remarks>
    /// With d = (z − max z)/T and t ties, H = log t + log1p(Σ' eᵈ/t) − Σ' d eᵈ/s, Σ' over the rest and s = t + Σ' eᵈ: no term cancels
    /// another while there is one maximum, so that an entropy of 1e-12 still has its digits.
    /// </remarks>
    public (double Entropy, double Slope) At(double temperature)
    {
        double tail = 0;
        double first = 0;
        double second = 0;
        foreach (T z in _logits)
        {
            double gap = Gap(z);
            double d = gap / temperature;
            double weight = gap == 0 ? 0 : Math.Exp(d);
            if (weight == 0)
                continue;

            tail += weight;
            first += weight * d;
            second += weight * d * d;
        }

        double sum = Ties + tail;
        double mean = first / sum;
        double entropy = Math.Log(Ties) + double.LogP1(tail / Ties) - mean;
        return (entropy, Math.Max(0, (second / sum) - (mean * mean)));
    }

    private double Gap(T z) => double.CreateTruncating(z) - _max;
}
