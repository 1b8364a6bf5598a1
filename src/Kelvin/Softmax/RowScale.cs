using System.Numerics;

namespace Kelvin.Softmax;

/// <summary>The numbers that turn a logit into y = (z − M)·β, β = log₂e/T, as a sum of two in working precision.</summary>
internal readonly struct RowScale<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>log₂e, rounded to double.</summary>
    public const double Log2E = 1.4426950408889634;

    /// <summary>What the rounding of <see cref="Log2E"/> left.</summary>
    public const double Log2ELow = 2.0355273740931033e-17;

    public RowScale(T max, double temperature)
    {
        Max = max;
        double high = Log2E / temperature;
        double low = (Math.FusedMultiplyAdd(-high, temperature, Log2E) + Log2ELow) / temperature;
        BetaHigh = T.CreateTruncating(high);
        BetaLow = T.CreateTruncating(high - double.CreateTruncating(BetaHigh) + low);
        Lowest = T.CreateTruncating((typeof(T) == typeof(float) ? -152 : -1080) / high);
    }

    /// <summary>M, finite.</summary>
    public T Max { get; private init; }

    /// <summary>β rounded to T.</summary>
    public T BetaHigh { get; }

    /// <summary>What the rounding of β left.</summary>
    public T BetaLow { get; }

    /// <summary>z − M below which exp is 0 in T whatever the rounding: distances are cut there, so that −∞ stays harmless.</summary>
    public T Lowest { get; }

    /// <summary>The same temperature around another maximum.</summary>
    public RowScale<T> At(T max) => this with { Max = max };

    /// <summary>Whether β and the bounds are comfortably inside T's range. Outside, <see cref="PlainRow"/> does the work.</summary>
    public static bool Fits(double temperature) => typeof(T) == typeof(float)
        ? temperature is > 1e-30 and < 1e30
        : temperature is > 1e-280 and < 1e280;
}
