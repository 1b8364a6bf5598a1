namespace Kelvin.Transformers.Checkpoints;

/// <summary>How many values of a tensor are no numbers.</summary>
/// <param name="NaN">How many are NaN.</param>
/// <param name="Infinite">How many are +∞ or −∞.</param>
public readonly record struct NonFiniteCount(long NaN, long Infinite)
{
    /// <summary>True if every value is finite.</summary>
    public bool IsNone => NaN == 0 && Infinite == 0;

    /// <summary>Counts in values.</summary>
    /// <remarks>One read of each value; nothing on the heap.</remarks>
    public static NonFiniteCount Of(ReadOnlySpan<float> values)
    {
        long nan = 0;
        long infinite = 0;
        foreach (float value in values)
        {
            nan += float.IsNaN(value) ? 1 : 0;
            infinite += float.IsInfinity(value) ? 1 : 0;
        }

        return new NonFiniteCount(nan, infinite);
    }

    /// <summary>The sum of two counts.</summary>
    internal NonFiniteCount Plus(NonFiniteCount other) => new(NaN + other.NaN, Infinite + other.Infinite);
}
