using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Kelvin.Tangents;

/// <summary>Holds all eigenvalues and eigenvectors of a kernel H.</summary>
/// <remarks>
/// A kernel is positive semidefinite, but rounding moves eigenvalues by up to 8·N·u·λ_max, u = 2⁻⁵³ or 2⁻²⁴ as the kernel was computed. Negative ones no
/// larger than that are set to 0 and counted in <see cref="Clamped"/>; one further below 0 is kept, and <see cref="IsIndefinite"/> says so. Where the
/// rank is known to be at most R, the N − R smallest are set to exactly 0.
/// </remarks>
public sealed class KernelSpectrum
{
    private readonly double[] _values;

    private KernelSpectrum(double[] values, ReadOnlyMatrixView<double> vectors, double factor, int clamped, double roundingLevel)
    {
        _values = values;
        Vectors = vectors;
        Factor = factor;
        Clamped = clamped;
        RoundingLevel = roundingLevel;
    }

    /// <summary>λ₁ ≤ … ≤ λ_N.</summary>
    public ReadOnlyMemory<double> Values => _values;

    /// <summary>The eigenvectors: row j is q_j, of length 1 and of arbitrary sign; shape N × N.</summary>
    public ReadOnlyMatrixView<double> Vectors { get; }

    /// <summary>κ in J Jᵀ = κ·H.</summary>
    public double Factor { get; }

    /// <summary>N.</summary>
    public int Size => _values.Length;

    /// <summary>λ_min; 0 for duplicate points.</summary>
    public double Smallest => _values[0];

    /// <summary>λ_max.</summary>
    public double Largest => _values[^1];

    /// <summary>λ_max/λ_min; +∞ where λ_min is 0, NaN where H is 0.</summary>
    public double Condition => Largest / Smallest;

    /// <summary>(Σ λ)²/Σ λ², from 1 to N: how many eigenvalues share the trace; NaN where H is 0.</summary>
    public double EffectiveRank
    {
        get
        {
            double sum = TensorPrimitives.Sum<double>(_values);
            return sum / TensorPrimitives.SumOfSquares<double>(_values) * sum;
        }
    }

    /// <summary>How many eigenvalues were set to 0.</summary>
    public int Clamped { get; }

    /// <summary>8·N·u·λ_max: an eigenvalue below this is not told apart from 0.</summary>
    public double RoundingLevel { get; }

    /// <summary>Whether an eigenvalue is negative by more than rounding explains: the matrix was no kernel.</summary>
    public bool IsIndefinite => Smallest < 0;

    /// <summary>2/(κ(λ_min + λ_max)): the step at which the slowest and the fastest direction shrink alike.</summary>
    public double BalancedStep => 2 / (Factor * (Smallest + Largest));

    /// <summary>Decomposes a symmetric matrix.</summary>
    /// <param name="kernel">H, shape N × N, N ≥ 1, finite; only its lower triangle counts.</param>
    /// <param name="factor">κ > 0 in J Jᵀ = κ·H.</param>
    /// <exception cref="ArgumentException">H is empty, not square or not finite.</exception>
    public static KernelSpectrum Of(ReadOnlyMatrixView<double> kernel, double factor) => Of(kernel, factor, knownZeros: 0, Math.ScaleB(1, -53));

    /// <summary>The step at which gradient descent on the sum ½‖F − Y‖² begins to overshoot, 2(1 + μ)/(κ λ_max); +∞ where H is 0.</summary>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    public double StableStep(double momentum = 0)
    {
        Require.Between(momentum, 0, Math.BitDecrement(1.0));
        return 2 * (1 + momentum) / (Factor * Largest);
    }

    /// <summary>Finds the parts of a vector along the eigenvectors, cⱼ = ⟨q_j, u⟩.</summary>
    /// <param name="vector">u, shape [N].</param>
    public double[] Project(ReadOnlySpan<double> vector)
    {
        Require.Length(vector, Size);
        double[] parts = new double[Size];
        Gemv.Multiply(1, Vectors, Transpose.No, vector, 0, parts.AsSpan());
        return parts;
    }

    /// <summary>Puts a vector together from its parts, u = Σ cⱼ q_j.</summary>
    /// <param name="parts">c, shape [N].</param>
    public double[] Compose(ReadOnlySpan<double> parts)
    {
        Require.Length(parts, Size);
        double[] vector = new double[Size];
        Gemv.Multiply(1, Vectors, Transpose.Yes, parts, 0, vector.AsSpan());
        return vector;
    }

    internal static KernelSpectrum Of<T>(ReadOnlyMatrixView<T> kernel, double factor, int knownZeros, double unit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.SameShape(kernel.Rows, kernel.Rows, kernel.Rows, kernel.Columns, nameof(kernel));
        Require.That(kernel.Rows > 0, "kernel has no rows, but must have at least one.", nameof(kernel));
        Require.Positive(factor);
        int size = kernel.Rows;
        double[] storage = new double[checked(size * size)];
        for (int i = 0; i < size; i++)
        {
            ReadOnlySpan<T> row = kernel.Row(i);
            for (int j = 0; j <= i; j++)
            {
                double entry = double.CreateChecked(row[j]);
                Require.That(
                    double.IsFinite(entry),
                    $"kernel[{i}, {j}] is {entry}, but must be finite: an activation overflowed.",
                    nameof(kernel));
                storage[(i * size) + j] = entry;
                storage[(j * size) + i] = entry;
            }
        }

        Evd<double> decomposition = new DenseMatrix(size, size, storage).Evd(Symmetricity.Symmetric);
        var vectors = new ReadOnlyMatrixView<double>(((DenseMatrix)decomposition.EigenVectors).Values, size, size);   // its columns are our rows
        double[] values = [.. decomposition.EigenValues.Select(value => value.Real)];
        double level = 8 * size * unit * Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        int clamped = Clamp(values, knownZeros, level);
        return new KernelSpectrum(values, vectors, factor, clamped, level);
    }

    private static int Clamp(double[] values, int knownZeros, double level)
    {
        int clamped = 0;
        for (int j = 0; j < values.Length; j++)
        {
            bool isRounding = values[j] < 0 && values[j] >= -level;
            if (isRounding || j < knownZeros)
            {
                clamped++;
                values[j] = 0;
            }
        }

        return clamped;
    }
}
