using System.Numerics.Tensors;
using Kelvin.Linear;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Kelvin.Tangents.Certificates;

/// <summary>The eigenpairs of the Jacobian kernel K = J Jᵀ at a point of the path.</summary>
internal sealed class KernelModes
{
    public KernelModes(CertificateProblem problem, CentrePoint point)
    {
        int size = problem.Size;
        MatrixView<double> kernel = MatrixView.Allocate<double>(size, size);
        Gram.Compute(point.Slopes, kernel);
        for (int i = 0; i < size; i++)
        {
            ReadOnlySpan<double> inputs = problem.Gram.Row(i % problem.Examples);
            for (int block = 0; block < size; block += inputs.Length)
                TensorPrimitives.Multiply(kernel.Row(i).Slice(block, inputs.Length), inputs, kernel.Row(i).Slice(block, inputs.Length));
        }

        MathNet.Numerics.LinearAlgebra.Factorization.Evd<double> pairs =
            new DenseMatrix(size, size, kernel.Span.ToArray()).Evd(Symmetricity.Symmetric);
        Values = new double[size];
        for (int j = 0; j < size; j++)
            Values[j] = Math.Max(0, pairs.EigenValues[j].Real);
        Vectors = new MatrixView<double>(pairs.EigenVectors.ToRowMajorArray(), size, size);
        Columns = new MatrixView<double>(pairs.EigenVectors.ToColumnMajorArray(), size, size);
    }

    /// <summary>λ_j ≥ 0, ascending.</summary>
    public double[] Values { get; }

    /// <summary>Q; column j is the eigenvector of λ_j.</summary>
    public MatrixView<double> Vectors { get; }

    /// <summary>Qᵀ.</summary>
    public MatrixView<double> Columns { get; }

    public double Largest => Values[^1];

    /// <summary>λ_min less what rounding may have added: 10⁻¹⁵·N·λ_max.</summary>
    public double Smallest => Math.Max(0, Values[0] - (1e-15 * Values.Length * Values[^1]));

    /// <summary>Qᵀ u.</summary>
    public double[] Project(ReadOnlySpan<double> vector) => Times(Columns, vector);

    /// <summary>Q y.</summary>
    public double[] Assemble(ReadOnlySpan<double> modes) => Times(Vectors, modes);

    /// <summary>M x.</summary>
    public static double[] Times(MatrixView<double> matrix, ReadOnlySpan<double> vector)
    {
        double[] product = new double[matrix.Rows];
        for (int i = 0; i < product.Length; i++)
            product[i] = TensorPrimitives.Dot<double>(matrix.Row(i), vector);
        return product;
    }
}
