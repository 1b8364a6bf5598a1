using System.Numerics;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>The numbers that turn a logit into y = (z − M)·β, β = log₂e/T, as a sum of two in working precision.</summary>
internal unsafe struct RowScale<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>log₂e, rounded to double.</summary>
    public const double Log2E = 1.4426950408889634;

    /// <summary>What the rounding of <see cref="Log2E"/> left.</summary>
    public const double Log2ELow = 2.0355273740931033e-17;

    /// <summary>A temperature, without a row yet.</summary>
    public RowScale(double temperature)
    {
        double high = Log2E / temperature;
        double low = (Math.FusedMultiplyAdd(-high, temperature, Log2E) + Log2ELow) / temperature;
        BetaHigh = T.CreateTruncating(high);
        BetaLow = T.CreateTruncating(high - double.CreateTruncating(BetaHigh) + low);
        double unit = 1 / high;   // z of y = 1
        Beta = high;
        Units = Vector256.Create(1, high, high * high, 1);
        Lowest = T.CreateTruncating((typeof(T) == typeof(float) ? -152 : -1080) * unit);
        LeftOut = T.CreateTruncating(-127 * unit);
        Narrow = T.CreateTruncating(-125 * unit);
        LargestOfNarrow = T.CreateTruncating(0x10000 * unit);
        Operands = typeof(T) == typeof(float) ? Exp2Operands.There.At : null;
    }

    /// <summary>A temperature, and a row with these bounds.</summary>
    public RowScale(double temperature, T max, T min)
        : this(temperature) => Begin(max, min);

    /// <summary>M, finite. Set in place from row to row: a copy of something just written would wait for the writes.</summary>
    public T Max { readonly get; set; }

    /// <summary>Whether the row is known to be narrow: y in [−125, 0], so no e underflows, and |M log₂e/T| ≤ 2¹⁶, so M + <see cref="LeftOut"/> is near enough to what it should be.</summary>
    public bool IsNarrow { readonly get; set; }

    /// <summary>β.</summary>
    public readonly double Beta { get; }

    /// <summary>What turns Σ e, Σ e x, Σ e x² and Σ e² into Σ e, Σ e y, Σ e y² and Σ e².</summary>
    public readonly Vector256<double> Units { get; }

    /// <summary>β rounded to T.</summary>
    public readonly T BetaHigh { get; }

    /// <summary>What the rounding of β left.</summary>
    public readonly T BetaLow { get; }

    /// <summary>z − M below which exp is 0 in T whatever the rounding: distances are cut there, so that −∞ stays harmless.</summary>
    public readonly T Lowest { get; }

    /// <summary>z − M of an entry that is to add nothing to a narrow row: y = −127, where e comes out as 0.</summary>
    public readonly T LeftOut { get; }

    /// <summary><see cref="Exp2Operands"/> of float. Here, so that no loop over rows has to see first whether they have been laid out.</summary>
    public readonly float* Operands { get; }

    private readonly T Narrow { get; }

    private readonly T LargestOfNarrow { get; }

    /// <summary>For a row with these bounds.</summary>
    public void Begin(T max, T min)
    {
        Max = max;
        IsNarrow = min - max >= Narrow && T.Abs(max) <= LargestOfNarrow;   // false where a bound is −∞, +∞ or NaN
    }

    /// <summary>Whether β, the bounds and sums of their squares are comfortably inside T's range. Outside, <see cref="PlainRow"/> does the work.</summary>
    public static bool Fits(double temperature) => typeof(T) == typeof(float)
        ? temperature is > 1e-12 and < 1e12
        : temperature is > 1e-120 and < 1e120;
}
