using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>Holds a neural tangent kernel H and measures it.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// J Jᵀ = κ·H, κ being <see cref="Factor"/>: gradient descent on the sum ½‖F − Y‖² feels κ·H, so step sizes carry 1/κ. Rows are output-major:
/// l·n + i is output l of example i.
/// </remarks>
public sealed class TangentKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MatrixView<T> _matrix;

    internal TangentKernel(MatrixView<T> matrix, NetworkOptions network, KernelRank rank)
    {
        _matrix = matrix;
        Outputs = network.Outputs;
        Factor = KernelFactor.Of(network);
        Rank = rank;
        double squares = 0;
        for (int i = 0; i < matrix.Rows; i++)
        {
            squares += Magnitude.SumOfSquares<T>(matrix.Row(i));
            Trace += double.CreateChecked(matrix[i, i]);
        }

        FrobeniusNorm = Math.Sqrt(squares);
    }

    /// <summary>H, shape N × N with N = n·d_out; symmetric to the bit.</summary>
    public ReadOnlyMatrixView<T> Matrix => _matrix;

    /// <summary>N = n·d_out.</summary>
    public int Size => _matrix.Rows;

    /// <summary>n, the number of points.</summary>
    public int Examples => Size / Outputs;

    /// <summary>d_out, the number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>κ in J Jᵀ = κ·H: m for the theory's parametrisation, 1 for the others.</summary>
    public double Factor { get; }

    /// <summary>What is known of the rank without an eigenvalue: duplicate points make λ_min exactly 0.</summary>
    public KernelRank Rank { get; }

    /// <summary>tr H = Σ λⱼ.</summary>
    public double Trace { get; }

    /// <summary>‖H‖_F = √Σ λⱼ².</summary>
    public double FrobeniusNorm { get; }

    /// <summary>(tr H)²/‖H‖_F², from 1 to N: how many eigenvalues share the trace; NaN where H is 0.</summary>
    public double EffectiveRank => Trace / FrobeniusNorm * (Trace / FrobeniusNorm);

    /// <summary>Whether no entry is NaN or infinite.</summary>
    public bool IsFinite => double.IsFinite(FrobeniusNorm);

    /// <summary>How much of H is the outer product of the targets: ⟨H, y yᵀ⟩_F/(‖H‖_F ‖y‖²), from 0 to 1.</summary>
    /// <param name="targets">y, shape [N], output-major; see <see cref="OutputMajor"/>.</param>
    /// <remarks>
    /// 1 where H = c·y yᵀ; small where the targets lie along small eigenvalues and are learnt late. NaN if y or H is 0. Source: Cristianini et al.,
    /// On Kernel-Target Alignment, NIPS 2001.
    /// </remarks>
    public double Alignment(ReadOnlySpan<T> targets)
    {
        Require.Length(targets, Size);
        T[] product = new T[Size];
        Gemv.Multiply(T.One, _matrix.AsReadOnly(), Transpose.No, targets, T.Zero, product.AsSpan());
        double squared = Magnitude.SumOfSquares(targets);
        return double.CreateChecked(TensorPrimitives.Dot<T>(product, targets)) / (FrobeniusNorm * squared);
    }

    /// <summary>Finds λ_max, and λ_min as far as products can tell, by the Lanczos method.</summary>
    /// <param name="options">Tolerance, limit and seed.</param>
    /// <remarks>
    /// λ_max takes tens of products, an ill-conditioned λ_min up to N of them: for all eigenvalues of a kernel of up to some thousand rows take
    /// <see cref="Spectrum"/>.
    /// </remarks>
    public ExtremeEigenvaluesResult Extremes(EigenvalueOptions? options = null) =>
        ExtremeEigenvalues.Lanczos(new KernelProduct<T>(_matrix), options);

    /// <summary>The step at which gradient descent on the sum ½‖F − Y‖² begins to overshoot, 2(1 + μ)/(κ λ_max).</summary>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    /// <remarks>
    /// Multiply it by n for the mean over examples. +∞ where H is 0. λ_max grows in training, so it is no safe step: keep to a quarter of it, or an
    /// eighth for demanding targets (theory section 4).
    /// </remarks>
    public double StableStep(double momentum = 0)
    {
        Require.Between(momentum, 0, Math.BitDecrement(1.0));
        return 2 * (1 + momentum) / (Factor * Extremes().Largest.Value);
    }

    /// <summary>Computes all eigenvalues and eigenvectors.</summary>
    /// <remarks>Cost: some 9·N³ operations on one thread and 3·N² doubles.</remarks>
    /// <exception cref="ArgumentException">H is not finite.</exception>
    public KernelSpectrum Spectrum()
    {
        double unit = Math.ScaleB(1, typeof(T) == typeof(float) ? -24 : -53);
        return KernelSpectrum.Of(_matrix.AsReadOnly(), Factor, Size - Rank.Bound, unit);
    }
}
