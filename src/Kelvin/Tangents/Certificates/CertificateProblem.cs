using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Kelvin.Tangents.Certificates;

/// <summary>What a certificate is about: the network's fixed parts, the data and the targets, in the letters of the proof.</summary>
/// <remarks>
/// Everything that gradient descent on W does shows in Z = X W/T alone: Z moves by −P V for a step along V = ∂L/∂Z, and the length of that step
/// in W is √⟨V, P V⟩, with P = X Xᵀ/T².
/// </remarks>
internal sealed class CertificateProblem
{
    public CertificateProblem(TwoLayerNetwork<double> network, ReadOnlyMatrixView<double> inputs, ReadOnlyMatrixView<double> targets)
    {
        NetworkOptions options = network.Options;
        Activation = options.Activation;
        Examples = inputs.Rows;
        Hidden = options.Hidden;
        Outputs = options.Outputs;
        Size = Examples * Outputs;
        Features = options.Inputs;
        Inputs = inputs;
        Temperature = options.Temperature;
        Scale = options.OutputScale;
        OutputWeights = network.OutputWeights.Span.ToArray();
        Targets = new double[Size];
        for (int row = 0; row < Size; row++)
            Targets[row] = targets[row % Examples, row / Examples];
        Start = MatrixView.Allocate<double>(Examples, Hidden);
        Gemm.Multiply(1 / Temperature, inputs, Transpose.No, network.HiddenWeights, Transpose.No, 0, Start);
        Gram = InputGram(inputs, 1 / (Temperature * Temperature));
        GramSizes = MatrixView.Allocate<double>(Examples, Examples);
        TensorPrimitives.Abs<double>(Gram.Span, GramSizes.Span);
        Lengths = new double[Examples];
        for (int i = 0; i < Examples; i++)
            Lengths[i] = Math.Sqrt(Gram[i, i]);
        GramNorm = Examples == 0 ? 0 : LargestEigenvalue(Gram);
    }

    public HiddenActivation Activation { get; }

    /// <summary>n.</summary>
    public int Examples { get; }

    /// <summary>d.</summary>
    public int Features { get; }

    /// <summary>m.</summary>
    public int Hidden { get; }

    /// <summary>d_out.</summary>
    public int Outputs { get; }

    /// <summary>N = n·d_out.</summary>
    public int Size { get; }

    public double Temperature { get; }

    /// <summary>s in F = s·φ(Z) Aᵀ.</summary>
    public double Scale { get; }

    public ReadOnlyMatrixView<double> Inputs { get; }

    /// <summary>A, row-major d_out × m.</summary>
    public double[] OutputWeights { get; }

    /// <summary>vec(Y), output-major.</summary>
    public double[] Targets { get; }

    /// <summary>Z at the start, n × m.</summary>
    public MatrixView<double> Start { get; }

    /// <summary>P = X Xᵀ/T².</summary>
    public MatrixView<double> Gram { get; }

    /// <summary>|P|, entry by entry.</summary>
    public MatrixView<double> GramSizes { get; }

    /// <summary>ξᵢ = ‖xᵢ‖/T.</summary>
    public double[] Lengths { get; }

    /// <summary>λ_max(P).</summary>
    public double GramNorm { get; }

    /// <summary>λ_max of a symmetric matrix that is small; +∞ where an entry is not finite or so large that its square is not.</summary>
    public static double LargestEigenvalue(MatrixView<double> matrix)
    {
        if (!(TensorPrimitives.MaxMagnitude<double>(matrix.Span) < 1e140))
            return double.PositiveInfinity;

        var dense = new DenseMatrix(matrix.Rows, matrix.Columns, matrix.Span.ToArray());
        double largest = double.NegativeInfinity;
        foreach (System.Numerics.Complex value in dense.Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenValues)
            largest = Math.Max(largest, value.Real);
        return largest;
    }

    /// <summary>P·V for V of shape n × m.</summary>
    public MatrixView<double> TimesGram(MatrixView<double> values)
    {
        MatrixView<double> product = MatrixView.Allocate<double>(Examples, Hidden);
        Gemm.Multiply(1, Gram, Transpose.No, values, Transpose.No, 0, product);
        return product;
    }

    /// <summary>⟨V, P V⟩, the squared length in W of the move that changes Z by −P V.</summary>
    public static double SquaredLength(MatrixView<double> values, MatrixView<double> timesGram) =>
        Math.Max(0, TensorPrimitives.Dot<double>(values.Span, timesGram.Span));

    private static MatrixView<double> InputGram(ReadOnlyMatrixView<double> inputs, double scale)
    {
        MatrixView<double> gram = MatrixView.Allocate<double>(inputs.Rows, inputs.Rows);
        Kelvin.Linear.Gram.Compute(inputs, gram);
        foreach (ref double value in gram.Span)
            value *= scale;
        return gram;
    }
}
