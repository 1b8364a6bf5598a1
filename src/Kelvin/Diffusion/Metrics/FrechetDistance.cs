using Kelvin.Linear;
using MathNet.Numerics.LinearAlgebra;

namespace Kelvin.Diffusion;

/// <summary>The squared Fréchet distance between the Gaussians that have the means and covariances of two samples.</summary>
/// <remarks>
/// <para>‖μ_a − μ_b‖² + tr(C_a + C_b − 2 (√C_a C_b √C_a)^½), covariances divided by n − 1. Usually taken of a classifier's hidden features.</para>
/// <para>Two samples of one law are not at distance 0: about d²/n of the features' variance remains, so compare samples of equal size.</para>
/// <para>Source: Dowson and Landau, J. Multivar. Anal. 12 (1982); Heusel et al., arXiv 1706.08500.</para>
/// </remarks>
public static class FrechetDistance
{
    /// <summary>Computes it.</summary>
    /// <param name="a">Shape n × d, n ≥ 2.</param>
    /// <param name="b">Shape m × d, m ≥ 2.</param>
    /// <returns>At least 0 up to rounding; NaN where a point is NaN or infinite.</returns>
    /// <remarks>Cost: (n + m) d² and two eigen-decompositions.</remarks>
    /// <exception cref="ArgumentException">A sample has fewer than two points, or the numbers of coordinates differ.</exception>
    public static double Between(ReadOnlyMatrixView<double> a, ReadOnlyMatrixView<double> b)
    {
        SamplePairs.Check(a, b);
        Require.That(a.Rows >= 2 && b.Rows >= 2, "A covariance needs at least two points in each sample.", nameof(a));
        (Vector<double> meanA, Matrix<double> covarianceA) = Describe(a);
        (Vector<double> meanB, Matrix<double> covarianceB) = Describe(b);
        double traces = covarianceA.Trace() + covarianceB.Trace();
        if (!double.IsFinite(traces))
            return double.NaN;

        Matrix<double> root = Root(covarianceA);
        Matrix<double> middle = root * covarianceB * root;
        Vector<double> values = ((middle + middle.Transpose()) / 2).Evd(Symmetricity.Symmetric).EigenValues.Real();
        double shift = (meanA - meanB).L2Norm();
        return (shift * shift) + traces - (2 * values.PointwiseMaximum(0).PointwiseSqrt().Sum());
    }

    private static (Vector<double> Mean, Matrix<double> Covariance) Describe(ReadOnlyMatrixView<double> points)
    {
        Matrix<double> rows = Matrix<double>.Build.Dense(points.Rows, points.Columns, (i, j) => points[i, j]);
        Vector<double> mean = rows.ColumnSums() / points.Rows;
        for (int i = 0; i < points.Rows; i++)
            rows.SetRow(i, rows.Row(i) - mean);
        return (mean, rows.TransposeThisAndMultiply(rows) / (points.Rows - 1));
    }

    private static Matrix<double> Root(Matrix<double> covariance)
    {
        MathNet.Numerics.LinearAlgebra.Factorization.Evd<double> eigen = covariance.Evd(Symmetricity.Symmetric);
        Vector<double> roots = eigen.EigenValues.Real().PointwiseMaximum(0).PointwiseSqrt();
        return eigen.EigenVectors * Matrix<double>.Build.DenseOfDiagonalVector(roots) * eigen.EigenVectors.Transpose();
    }
}
