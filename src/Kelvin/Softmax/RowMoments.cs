using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>What one row leaves behind; everything in <see cref="SoftmaxStatistics"/> follows from it.</summary>
/// <remarks>
/// <para>y = (z − M)/T·log₂e and e = 2^y. The first largest entry (y = 0, e = 1) is there from the start; blocks add the others.</para>
/// <para>Blocks merge by the formula of Chan, Golub and LeVeque, so no large squares are ever subtracted.</para>
/// </remarks>
internal struct RowMoments
{
    private const double Ln2 = 0.6931471805599453;

    /// <summary>Σ e above which the mean, not the maximum, is the place to measure deviations from.</summary>
    private const double Hot = 8;

    /// <summary>The second largest logit; M itself for a tie, −∞ when there is no second.</summary>
    public double Second;

    /// <summary>Σ e without the first largest entry.</summary>
    public double Tail;

    /// <summary>Σ e y ≤ 0.</summary>
    public double Weighted;

    /// <summary>Σ e (y − mean)².</summary>
    public double SquaredDeviations;

    /// <summary>Σ e² without the first largest entry.</summary>
    public double TailSquares;

    /// <summary>Entries that are −∞.</summary>
    public int Masks;

    /// <summary>Entries equal to M.</summary>
    public int Ties;

    /// <summary>Index of the first entry equal to M.</summary>
    public int ArgMax;

    /// <summary>Before the first block.</summary>
    public static RowMoments Start => new() { Second = double.NegativeInfinity, ArgMax = -1 };

    /// <summary>Of a row without moments.</summary>
    public static RowMoments Peculiar => new() { Tail = double.NaN };

    /// <summary>Where the next block should measure its deviations from: 0 (the maximum) while the row looks cold, else the mean so far.</summary>
    public readonly double Centre => Tail < Hot ? 0 : Weighted / (1 + Tail);

    /// <summary>The first block, measured from the maximum; false, and nothing done, when that is too far from its mean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryBegin(double sum, double weighted, double deviations, double squares, double worst)
    {
        double around = Math.Max(0, deviations - (weighted * (weighted / (1 + sum))));
        if (deviations > worst * around && sum > Hot)
            return false;

        Tail = sum;
        Weighted = weighted;
        SquaredDeviations = around;
        TailSquares = squares;
        return true;
    }

    /// <summary>Adds a block measured from <paramref name="centre"/>; false, and nothing done, when that was too far from its mean:
    /// when Σe(y − c)² exceeds <paramref name="worst"/> times what is left of it around the mean.</summary>
    public bool TryMerge<T>(in RowSums<T> block, double centre, double worst = double.PositiveInfinity)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Second = Math.Max(Second, double.CreateTruncating(block.Highest));
        if (block.Sum == 0)
            return true;

        double offset = block.Weighted / block.Sum;
        double gap = centre + offset - (Weighted / (1 + Tail));
        double within = Math.Max(0, block.Deviations - (offset * block.Weighted));
        double merged = SquaredDeviations + within + (gap * gap * block.Sum * ((1 + Tail) / (1 + Tail + block.Sum)));
        if (block.Deviations > worst * merged && Tail + block.Sum > Hot)
            return false;

        Weighted += block.Weighted + (centre * block.Sum);
        SquaredDeviations = merged;
        Tail += block.Sum;
        TailSquares += block.Squares;
        return true;
    }

    /// <summary>The statistics of a row with at least one finite logit and no NaN or +∞.</summary>
    public readonly void Describe(double max, double temperature, int unmasked, out SoftmaxStatistics statistics)
    {
        Vector256<double> e = NearZero.ExpMinusOne(Vector256.Create(FallOfMean, -(max - Second) / temperature, 0, 0));
        Describe(max, temperature, unmasked, NearZero.LogOnePlus(Tail), e[0], e[1], out statistics);
    }

    /// <summary>−Σ p d ≥ 0.</summary>
    public readonly double FallOfMean => -(Ln2 * Weighted) / (1 + Tail);

    /// <summary>The formulas of <see cref="SoftmaxStatistics"/>, given log s, exp(−Σ p d) − 1 and exp(−margin/T) − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Describe(
        double max, double temperature, int unmasked, double logS, double meanExcess, double marginExcess, out SoftmaxStatistics statistics)
    {
        double s = 1 + Tail;
        double p = 1 / s;
        double mean = Ln2 * Weighted * p;
        double spread = Ln2 * Ln2 * SquaredDeviations * p;
        double entropy = logS - mean;
        double squareSum = 1 + TailSquares;
        double sumSquares = squareSum * p * p;
        double uniform = 1.0 / unmasked;
        bool alone = unmasked == 1;
        statistics = new SoftmaxStatistics
        {
            MaxLogit = max,
            LogSumExp = (max / temperature) + logS,
            Entropy = entropy,
            NormalizedEntropy = alone ? 0 : entropy / LogOfCount.Of(unmasked),
            MaxProbability = p,
            TailMass = Tail * p,
            MarginLogit = max - Second,
            MarginProbability = (0 - marginExcess) * p,
            EffectiveNumber = s + (s * meanExcess),   // exp(H) = s·exp(−Σ p d)
            SumSquares = sumSquares,
            Participation = s * s / squareSum,
            MeanLogit = max + (mean * temperature),
            Variance = spread * temperature * temperature,
            Saturation = alone ? 1 : (sumSquares - uniform) / (1 - uniform),
            EntropySlope = spread / temperature,
            UnmaskedCount = unmasked,
            TiesAtMax = Ties,
            ArgMax = ArgMax,
        };
    }
}
