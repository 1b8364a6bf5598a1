using System.Runtime.CompilerServices;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>bfloat16, the upper half of a single: 8 bits of exponent and 7 of fraction, kept as its 16 bits.</summary>
public static class BrainFloat
{
    /// <summary>Widens every value; exact.</summary>
    /// <param name="bits">The 16 bits of each value.</param>
    /// <param name="destination">The values, of the same length.</param>
    public static void Widen(ReadOnlySpan<ushort> bits, Span<float> destination)
    {
        Require.Length<float>(destination, bits.Length);
        for (int i = 0; i < bits.Length; i++)
            destination[i] = BitConverter.UInt32BitsToSingle((uint)bits[i] << 16);
    }

    /// <summary>Rounds every value to the nearest bfloat16, ties to even.</summary>
    /// <param name="values">A value beyond 3.39e38 becomes infinite; NaN stays NaN.</param>
    /// <param name="destination">The 16 bits of each value, of the same length.</param>
    /// <remarks>Relative error ≤ 2⁻⁸ for normal values.</remarks>
    public static void Narrow(ReadOnlySpan<float> values, Span<ushort> destination)
    {
        Require.Length<ushort>(destination, values.Length);
        for (int i = 0; i < values.Length; i++)
            destination[i] = Narrow(values[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort Narrow(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value)
            ? (ushort)((bits >> 16) | 0x40)   // keep it quiet: rounding could carry a NaN into an infinity
            : (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }
}
