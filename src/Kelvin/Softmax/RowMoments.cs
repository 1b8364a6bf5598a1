using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>What one row leaves behind; everything in <see cref="SoftmaxStatistics"/> follows from it.</summary>
/// <remarks>
/// <para>y = (z − M)/T·log₂e and e = 2^y. The first largest entry (y = 0, e = 1) is there from the start; blocks add the others.</para>
/// <para>Blocks merge by the formula of Chan, Golub and LeVeque, so no large squares are ever subtracted.</para>
/// <para>Eight numbers of eight bytes, the counts in the last two: <see cref="RowDescriptions"/> reads them in this order, as one vector.</para>
/// </remarks>
internal struct RowMoments
{
    /// <summary>Σ e above which the mean, not the maximum, is the place to measure deviations from.</summary>
    public const double Hot = 8;

    /// <summary>M.</summary>
    public double Max;

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

    /// <summary>Entries that are not −∞.</summary>
    public int Unmasked;

    /// <summary>Entries equal to M.</summary>
    public int Ties;

    /// <summary>Index of the first entry equal to M.</summary>
    public int ArgMax;

    /// <summary>Before the first block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RowMoments(double max)
    {
        Max = max;
        Second = double.NegativeInfinity;
        ArgMax = -1;
    }

    /// <summary>Whether the row has no moments: nothing but −∞ (M = −∞), or NaN or +∞ in it (M = NaN).</summary>
    public readonly bool IsPeculiar => double.IsNaN(Tail);

    /// <summary>In a row without moments, M becomes what tells of which kind it is.</summary>
    public void NameMax()
    {
        if (IsPeculiar)
            Max = Unmasked == 0 ? double.NegativeInfinity : double.NaN;
    }

    /// <summary>The answer for such a row.</summary>
    public readonly SoftmaxStatistics PeculiarStatistics =>
        double.IsNegativeInfinity(Max) ? SoftmaxStatistics.FullyMasked : SoftmaxStatistics.NotANumber;

    /// <summary>Where the next block should measure its deviations from: 0 (the maximum) while the row looks cold, else the mean so far.</summary>
    public readonly double Centre => Tail < Hot ? 0 : Weighted / (1 + Tail);

    /// <summary>The first block, measured from the maximum; false, and nothing done, when that is too far from its mean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryBegin(double sum, double weighted, double deviations, double squares, double worst)
    {
        double around = double.MaxNative(0, deviations - (weighted * (weighted / (1 + sum))));
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
}
