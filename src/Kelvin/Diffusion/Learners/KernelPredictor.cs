using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>Kernel ridge regression of the noise on noisy points: ε̂(x) = k(x)ᵀ (K + ρI)⁻¹ Y.</summary>
/// <remarks>
/// <para>The ridge keeps it from fitting the noise in its labels; it is the same filter λ/(λ + ρ) on the kernel's spectrum that early stopping
/// of gradient descent in the kernel regime approximates.</para>
/// <para>Source: theory section 9; Schölkopf and Smola, Learning with Kernels (2002).</para>
/// </remarks>
public sealed class KernelPredictor : INoisePredictor
{
    private readonly MatrixView<double> _lifted;
    private readonly MatrixView<double> _coefficients;

    internal KernelPredictor(ScoreKernel kernel, NoiseLevel level, double ridge, MatrixView<double> lifted, MatrixView<double> coefficients)
    {
        (Kernel, Level, Ridge, _lifted, _coefficients) = (kernel, level, ridge, lifted, coefficients);
    }

    /// <summary>The kernel.</summary>
    public ScoreKernel Kernel { get; }

    /// <summary>ρ > 0.</summary>
    public double Ridge { get; }

    /// <inheritdoc/>
    public NoiseLevel Level { get; }

    /// <inheritdoc/>
    public void Predict(ReadOnlyMatrixView<double> points, MatrixView<double> noise)
    {
        const int Block = 1024;
        for (int start = 0; start < points.Rows; start += Block)
        {
            int rows = Math.Min(Block, points.Rows - start);
            MatrixView<double> kernel = Kernel.Between(Kernel.Lifted(points.RowRange(start, rows)), _lifted);
            Gemm.Multiply(1, kernel, Transpose.No, _coefficients, Transpose.No, 0, noise.RowRange(start, rows));
        }
    }
}
