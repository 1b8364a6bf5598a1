using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Transformers.Norms;

/// <summary>RMS norm: of whole rows, or of each head of queries and keys (QK-norm).</summary>
/// <remarks>
/// <para>y = g ∘ x·r, r = 1/√(mean x² + ε), over each group of as many columns as g has entries.</para>
/// <para>NaN or ±∞ in a group makes it NaN, and no other. Accuracy: relative error ≤ (n/2 + 6)·u of each y, n the length of a group.</para>
/// <para>Cost: two reads and a write; nothing on the heap. Source: Zhang and Sennrich, arXiv 1910.07467.</para>
/// </remarks>
public static class RmsNorm
{
    /// <summary>Normalises every group of every row.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="inputs">x, shape [rows, groups·n].</param>
    /// <param name="gain">g, shape [n].</param>
    /// <param name="epsilon">ε ≥ 0.</param>
    /// <param name="outputs">y, shape of x. May be the same memory.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Forward<T>(ReadOnlyMatrixView<T> inputs, ReadOnlySpan<T> gain, double epsilon, MatrixView<T> outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(inputs, gain, epsilon);
        Require.SameShape(inputs.Rows, inputs.Columns, outputs.Rows, outputs.Columns, nameof(outputs));
        for (int i = 0; i < inputs.Rows; i++)
        {
            for (int start = 0; start < inputs.Columns; start += gain.Length)
            {
                ReadOnlySpan<T> x = inputs.Row(i).Slice(start, gain.Length);
                Span<T> y = outputs.Row(i).Slice(start, gain.Length);
                TensorPrimitives.Multiply(x, T.CreateTruncating(Inverse(x, epsilon)), y);
                TensorPrimitives.Multiply(y, gain, y);
            }
        }
    }

    /// <summary>Turns ∂L/∂y into ∂L/∂x and adds to ∂L/∂g.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="inputs">x of the forward pass.</param>
    /// <param name="gain">g.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="outputGradient">∂L/∂y, shape of x.</param>
    /// <param name="inputGradient">∂L/∂x, shape of x. May be the same memory as <paramref name="outputGradient"/>.</param>
    /// <param name="gainGradient">∂L/∂g, shape [n]: what is there stays and is added to.</param>
    /// <remarks>∂L/∂x = r·(g ∘ ∂L/∂y) − x·r³·⟨g ∘ ∂L/∂y, x⟩/n; ∂L/∂g = Σ ∂L/∂y ∘ x·r over rows and groups.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Backward<T>(
        ReadOnlyMatrixView<T> inputs,
        ReadOnlySpan<T> gain,
        double epsilon,
        ReadOnlyMatrixView<T> outputGradient,
        MatrixView<T> inputGradient,
        Span<T> gainGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(inputs, gain, epsilon);
        Require.SameShape(inputs.Rows, inputs.Columns, outputGradient.Rows, outputGradient.Columns, nameof(outputGradient));
        Require.SameShape(inputs.Rows, inputs.Columns, inputGradient.Rows, inputGradient.Columns, nameof(inputGradient));
        Require.Length<T>(gainGradient, gain.Length);
        for (int i = 0; i < inputs.Rows; i++)
        {
            for (int start = 0; start < inputs.Columns; start += gain.Length)
            {
                ReadOnlySpan<T> x = inputs.Row(i).Slice(start, gain.Length);
                Span<T> dX = inputGradient.Row(i).Slice(start, gain.Length);
                T inverse = T.CreateTruncating(Inverse(x, epsilon));
                Group(x, gain, inverse, outputGradient.Row(i).Slice(start, gain.Length), dX, gainGradient);
            }
        }
    }

    private static void Group<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> gain, T inverse, ReadOnlySpan<T> dY, Span<T> dX, Span<T> dGain)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double inner = 0;
        for (int j = 0; j < x.Length; j++)
        {
            inner += double.CreateTruncating(gain[j] * dY[j] * x[j]);
            dGain[j] += dY[j] * x[j] * inverse;
        }

        T back = T.CreateTruncating(inner / x.Length) * inverse * inverse * inverse;
        for (int j = 0; j < x.Length; j++)
            dX[j] = (gain[j] * dY[j] * inverse) - (x[j] * back);
    }

    private static double Inverse<T>(ReadOnlySpan<T> x, double epsilon)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        1 / Math.Sqrt((double.CreateTruncating(TensorPrimitives.SumOfSquares(x)) / x.Length) + epsilon);

    private static void Check<T>(ReadOnlyMatrixView<T> inputs, ReadOnlySpan<T> gain, double epsilon)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.FloatOrDouble<T>();
        Require.NotEmpty(gain);
        Require.Between(epsilon, 0, double.MaxValue);
        if (inputs.Columns % gain.Length != 0)
            throw new ArgumentException($"inputs has {inputs.Columns} columns, but must have a multiple of the {gain.Length} entries of gain.", nameof(inputs));
    }
}
