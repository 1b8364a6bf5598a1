using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Tangents;

/// <summary>A kernel of float or double as an operator on vectors of double.</summary>
internal sealed class KernelProduct<T>(ReadOnlyMatrixView<T> matrix) : ISymmetricOperator
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _x = new T[matrix.Rows];
    private readonly T[] _y = new T[matrix.Rows];

    /// <inheritdoc/>
    public int Size => matrix.Rows;

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < _x.Length; i++)
            _x[i] = T.CreateTruncating(x[i]);
        Gemv.Multiply(T.One, matrix, Transpose.No, _x, T.Zero, _y.AsSpan());
        for (int i = 0; i < _y.Length; i++)
            y[i] = double.CreateTruncating(_y[i]);
    }
}
