namespace Kelvin.Linear;

/// <summary>Finds the ends of a symmetric matrix's spectrum from products with vectors alone.</summary>
/// <remarks>
/// A search that does not reach its tolerance says so in the result and throws nothing. Products that are NaN or ±∞ end it with
/// the value NaN. For all eigenvalues of a small matrix use MathNet.Numerics' Evd.
/// </remarks>
public static class ExtremeEigenvalues
{
    /// <summary>Finds λ_min and λ_max of a symmetric matrix by the Lanczos method.</summary>
    /// <param name="matrix">A, shape [n, n], n ≥ 1. That it is symmetric is trusted.</param>
    /// <param name="options">Tolerance, limit and seed.</param>
    /// <remarks>The same as for an operator whose product is <see cref="Gemv"/>.</remarks>
    /// <exception cref="ArgumentException">A is empty or not square, or an option is out of its range.</exception>
    public static ExtremeEigenvaluesResult Lanczos(ReadOnlyMatrixView<double> matrix, EigenvalueOptions? options = null)
    {
        Require.SameShape(matrix.Rows, matrix.Rows, matrix.Rows, matrix.Columns, nameof(matrix));
        return Lanczos(new SymmetricMatrix(matrix), options);
    }

    /// <summary>Finds λ_min and λ_max of a symmetric operator by the Lanczos method with full reorthogonalisation.</summary>
    /// <param name="symmetric">A, of size n ≥ 1. That it is symmetric is trusted.</param>
    /// <param name="options">Tolerance, limit and seed.</param>
    /// <remarks>
    /// <para>After j products the method knows the extremes of A on the span of x, A·x, …, Aʲ⁻¹·x; they approach λ_min and λ_max
    /// from inside, fastest where an end stands apart from the rest. After n products they are the extremes of A.</para>
    /// <para>Accuracy: an eigenvalue lies within Residual of Value. A start vector is orthogonal to an end's eigenvectors with
    /// probability 0.</para>
    /// <para>Cost: j products with A, 8·n·j² operations to stay orthogonal and n·j numbers on the heap, j the iterations.</para>
    /// <para>Source: Parlett, The Symmetric Eigenvalue Problem (1998), chapter 13.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The size is below 1, or an option is out of its range.</exception>
    public static ExtremeEigenvaluesResult Lanczos<TOperator>(TOperator symmetric, EigenvalueOptions? options = null)
        where TOperator : ISymmetricOperator
    {
        options ??= EigenvalueOptions.Default;
        Check(symmetric.Size, options);
        return new LanczosProcess<TOperator>(symmetric, options).Run();
    }

    /// <summary>Finds the eigenvalue of largest magnitude of a symmetric matrix by power iteration.</summary>
    /// <param name="matrix">A, shape [n, n], n ≥ 1. That it is symmetric is trusted.</param>
    /// <param name="options">Tolerance, limit and seed.</param>
    /// <remarks>The same as for an operator whose product is <see cref="Gemv"/>.</remarks>
    /// <exception cref="ArgumentException">A is empty or not square, or an option is out of its range.</exception>
    public static EigenvalueEstimate Power(ReadOnlyMatrixView<double> matrix, EigenvalueOptions? options = null)
    {
        Require.SameShape(matrix.Rows, matrix.Rows, matrix.Rows, matrix.Columns, nameof(matrix));
        return Power(new SymmetricMatrix(matrix), options);
    }

    /// <summary>Finds the eigenvalue of largest magnitude of a symmetric operator by power iteration.</summary>
    /// <param name="symmetric">A, of size n ≥ 1. That it is symmetric is trusted.</param>
    /// <param name="options">Tolerance, limit and seed.</param>
    /// <remarks>
    /// <para>x ← A·x/‖A·x‖; the residual falls by |λ₂/λ₁| a step. Where λ and −λ are both largest it does not converge.</para>
    /// <para>Accuracy: an eigenvalue lies within Residual of Value.</para>
    /// <para>Cost: a product with A and 6·n operations an iteration; three vectors on the heap. Lanczos takes fewer products.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The size is below 1, or an option is out of its range.</exception>
    public static EigenvalueEstimate Power<TOperator>(TOperator symmetric, EigenvalueOptions? options = null)
        where TOperator : ISymmetricOperator
    {
        options ??= EigenvalueOptions.Default;
        Check(symmetric.Size, options);
        return PowerIteration.Run(symmetric, options);
    }

    private static void Check(int size, EigenvalueOptions options)
    {
        Require.Positive(size, "The size of the matrix");
        Require.Positive(options.MaxIterations, nameof(options.MaxIterations));
        Require.Between(options.Tolerance, 1e-15, 1, nameof(options.Tolerance));
    }
}
