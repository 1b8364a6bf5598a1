using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Softmax;

/// <summary>The checks that the operations on many rows share.</summary>
internal static class RowsDoor
{
    /// <summary>Entries that are worth handing to a thread.</summary>
    private const int Worth = 32_768;

    /// <summary>Rows in a piece of work.</summary>
    public static int Grain(int columns) => Math.Max(1, Worth / columns);

    public static void Forward<T>(ReadOnlyMatrixView<T> logits, T temperature, MatrixView<T> output, RowMask mask, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Input(logits, temperature, mask, threads);
        Require.SameShape(logits.Rows, logits.Columns, output.Rows, output.Columns, nameof(output));
        SameOrApart(logits, output);
    }

    public static void Input<T>(ReadOnlyMatrixView<T> logits, T temperature, RowMask mask, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.That(logits.Columns > 0, "The matrix has no columns, but a softmax needs at least one.", nameof(logits));
        Require.Temperature(double.CreateTruncating(temperature), nameof(temperature));
        Require.Positive(threads);
        mask.Check(logits.Rows, logits.Columns, nameof(mask));
    }

    public static void Backward<T>(ReadOnlyMatrixView<T> probabilities, ReadOnlyMatrixView<T> gradient, T temperature, MatrixView<T> dLogits, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Forward(probabilities, temperature, dLogits, default, threads);
        Require.SameShape(probabilities.Rows, probabilities.Columns, gradient.Rows, gradient.Columns, nameof(gradient));
        SameOrApart(gradient, dLogits);
    }

    private static void SameOrApart<T>(ReadOnlyMatrixView<T> input, MatrixView<T> output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (input.Rows > 1 && input.Stride != output.Stride && input.Span.Overlaps(output.Span))
            throw new ArgumentException("The output shares memory with an input but has another stride; give both the same, or memory apart.", nameof(output));
    }
}
