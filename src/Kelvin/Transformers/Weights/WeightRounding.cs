using System.Numerics.Tensors;

namespace Kelvin.Transformers.Weights;

/// <summary>Rounds rows of floats, one after another, to the numbers that are kept.</summary>
internal static class WeightRounding
{
    /// <summary>Rounds all rows.</summary>
    public static StoredRows Round(int outputs, int inputs, WeightFormat format, WeightRow rows) => format switch
    {
        WeightFormat.F32 => new FormatRows<float, StoredFloat32>(Fill<float>(outputs, inputs, rows, (row, kept) => row.CopyTo(kept)), inputs, []),
        WeightFormat.BF16 => new FormatRows<ushort, StoredBFloat16>(Fill<ushort>(outputs, inputs, rows, BrainFloats), inputs, []),
        WeightFormat.F16 => Halves(outputs, inputs, rows),
        WeightFormat.I8 => Integers(outputs, inputs, rows),
        _ => throw new ArgumentOutOfRangeException(nameof(format), $"format is {(int)format}, but must be F32, BF16, F16 or I8."),
    };

    private static StoredRows Halves(int outputs, int inputs, WeightRow rows)
    {
        short[] halves = Fill<short>(outputs, inputs, rows, (row, kept) =>
        {
            for (int j = 0; j < row.Length; j++)
                kept[j] = BitConverter.HalfToInt16Bits((Half)row[j]);
        });
        return Array.TrueForAll(halves, x => (x & 0x7C00) != 0x7C00)
            ? new FormatRows<short, StoredFloat16>(halves, inputs, [])
            : new FormatRows<short, StoredAnyFloat16>(halves, inputs, []);
    }

    private static FormatRows<sbyte, StoredInt8> Integers(int outputs, int inputs, WeightRow rows)
    {
        float[] scales = new float[outputs];
        int i = 0;
        sbyte[] integers = Fill<sbyte>(outputs, inputs, rows, (row, kept) =>
        {
            float largest = Math.Abs(TensorPrimitives.MaxMagnitude(row));
            Require.That(float.IsFinite(largest), $"Row {i} of the weights holds NaN or ±∞, which I8 cannot keep; choose another format.", nameof(rows));
            float scale = largest / sbyte.MaxValue;
            scales[i++] = scale;
            for (int j = 0; j < row.Length; j++)
                kept[j] = scale == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(row[j] / scale), -sbyte.MaxValue, sbyte.MaxValue);
        });
        return new FormatRows<sbyte, StoredInt8>(integers, inputs, scales);
    }

    private static void BrainFloats(ReadOnlySpan<float> row, Span<ushort> kept)
    {
        for (int j = 0; j < row.Length; j++)
            kept[j] = StoredBFloat16.Round(row[j]);
    }

    private static T[] Fill<T>(int outputs, int inputs, WeightRow rows, Rounding<T> round)
    {
        T[] stored = GC.AllocateUninitializedArray<T>(checked(outputs * inputs));
        float[] row = new float[inputs];
        for (int i = 0; i < outputs; i++)
        {
            rows(i, row);
            round(row, stored.AsSpan(i * inputs, inputs));
        }

        return stored;
    }

    private delegate void Rounding<T>(ReadOnlySpan<float> row, Span<T> kept);
}
