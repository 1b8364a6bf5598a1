namespace Kelvin.Softmax;

/// <summary>What one row leaves behind, in units of d = (z − M)/T; everything in <see cref="SoftmaxStatistics"/> follows from it.</summary>
internal struct RowMoments
{
    /// <summary>M, the largest logit.</summary>
    public double Max;

    /// <summary>The second largest logit; M itself for a tie, −∞ when there is no second.</summary>
    public double Second;

    /// <summary>Σ exp d over all entries but the first largest: s − 1.</summary>
    public double Tail;

    /// <summary>Σ p d ≤ 0.</summary>
    public double Mean;

    /// <summary>Σ exp(d) (d − mean)².</summary>
    public double SquaredDeviations;

    /// <summary>Σ exp(2d) over all entries but the first largest.</summary>
    public double TailSquares;

    /// <summary>k.</summary>
    public int Unmasked;

    /// <summary>Entries equal to M.</summary>
    public int Ties;

    /// <summary>Index of the first entry equal to M.</summary>
    public int ArgMax;

    /// <summary>The formulas of <see cref="SoftmaxStatistics"/> for a row with at least one finite logit and no NaN or +∞.</summary>
    public readonly SoftmaxStatistics ToStatistics(double temperature)
    {
        double s = 1 + Tail;
        double logS = NearZero.LogOnePlus(Tail);
        double entropy = logS - Mean;
        double sumSquares = (1 + TailSquares) / (s * s);
        double margin = Max - Second;
        double variance = SquaredDeviations / s * temperature * temperature;
        double uniform = 1.0 / Unmasked;
        bool alone = Unmasked == 1;
        return new SoftmaxStatistics
        {
            MaxLogit = Max,
            LogSumExp = (Max / temperature) + logS,
            Entropy = entropy,
            NormalizedEntropy = alone ? 0 : entropy / Math.Log(Unmasked),
            MaxProbability = 1 / s,
            TailMass = Tail / s,
            MarginLogit = margin,
            MarginProbability = -NearZero.ExpMinusOne(-margin / temperature) / s,
            EffectiveNumber = Math.Exp(entropy),
            SumSquares = sumSquares,
            Participation = 1 / sumSquares,
            MeanLogit = Max + (Mean * temperature),
            Variance = variance,
            Saturation = alone ? 1 : (sumSquares - uniform) / (1 - uniform),
            EntropySlope = SquaredDeviations / s / temperature,
            UnmaskedCount = Unmasked,
            TiesAtMax = Ties,
            ArgMax = ArgMax,
        };
    }
}
