using System.Numerics;

namespace Kelvin.Softmax;

/// <summary>The numbers that turn a logit into y = (z − M)·β, β = log₂e/T, as a sum of two in working precision.</summary>
internal struct RowScale<T>
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
        Lowest = T.CreateTruncating((typeof(T) == typeof(float) ? -152 : -1080) / high);
    }

    /// <summary>M, finite. Set in place from row to row: a copy of something just written would wait for the writes.</summary>
    public T Max { readonly get; set; }

    /// <summary>β rounded to T.</summary>
    public readonly T BetaHigh { get; }

    /// <summary>What the rounding of β left.</summary>
    public readonly T BetaLow { get; }

    /// <summary>z − M below which exp is 0 in T whatever the rounding: distances are cut there, so that −∞ stays harmless.</summary>
    public readonly T Lowest { get; }

    /// <summary>Whether β and the bounds are comfortably inside T's range. Outside, <see cref="PlainRow"/> does the work.</summary>
    public static bool Fits(double temperature) => typeof(T) == typeof(float)
        ? temperature is > 1e-30 and < 1e30
        : temperature is > 1e-280 and < 1e280;
}
