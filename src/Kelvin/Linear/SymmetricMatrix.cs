namespace Kelvin.Linear;

/// <summary>A matrix in memory as an operator; nobody checks that it is symmetric.</summary>
/// <param name="matrix">A, shape [n, n].</param>
internal readonly struct SymmetricMatrix(ReadOnlyMatrixView<double> matrix) : ISymmetricOperator
{
    /// <inheritdoc/>
    public int Size => matrix.Rows;

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<double> x, Span<double> y) => Gemv.Multiply(1, matrix, Transpose.No, x, 0, y);
}
