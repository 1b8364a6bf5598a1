using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Transformers.Inference;

/// <summary>Normalises rows: γ ∘ x/√(mean x² + ε), or with a shift γ ∘ (x − mean x)/√(var x + ε) + β.</summary>
internal static class RowNorm
{
    /// <summary>Writes the normalised rows of x to y.</summary>
    /// <param name="x">Shape [n, d].</param>
    /// <param name="gain">γ, shape [d].</param>
    /// <param name="shift">β, shape [d]; empty for the root mean square.</param>
    /// <param name="epsilon">ε &gt; 0.</param>
    /// <param name="y">Shape [n, d].</param>
    public static void Apply(ReadOnlyMatrixView<float> x, float[] gain, float[] shift, double epsilon, MatrixView<float> y)
    {
        for (int i = 0; i < x.Rows; i++)
        {
            Span<float> row = y.Row(i);
            if (shift.Length == 0)
                x.Row(i).CopyTo(row);
            else
                TensorPrimitives.Subtract(x.Row(i), TensorPrimitives.Sum(x.Row(i)) / x.Columns, row);
            double square = TensorPrimitives.SumOfSquares<float>(row) / (double)x.Columns;
            TensorPrimitives.Multiply(row, (float)(1 / Math.Sqrt(square + epsilon)), row);
            if (shift.Length == 0)
                TensorPrimitives.Multiply(row, gain, row);
            else
                TensorPrimitives.MultiplyAdd(row, gain, shift, row);
        }
    }
}
