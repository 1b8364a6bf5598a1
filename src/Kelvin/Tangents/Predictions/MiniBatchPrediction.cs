using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Tangents;

/// <summary>Predicts the expected loss of stochastic gradient descent from the kernel at the start.</summary>
/// <remarks>
/// <para>A batch B of b examples stands for all n: g = (n/b) Σ_{i∈B} ∇ℓ_i. With a kernel that stays, u ← u − ηκ H S u, where S weighs each example by n/b
/// for each time it was drawn, so E[S] = I, and Σ = E[u uᵀ] follows exactly</para>
/// <para>Σ ← (I − ηκH) Σ (I − ηκH) + (ηκ)² c·H (diag_i Σ − Σ/n) H, with c = n/b with replacement and (n − b) n/(b(n − 1)) without; diag_i keeps the
/// entries of equal example, all outputs. E[loss] = ½ tr Σ.</para>
/// <para>Assumed: the kernel stays; batches are independent of each other. An epoch that is shuffled and cut, as the trainer's, draws without replacement
/// across batches too, which makes its noise smaller than either. Nothing is assumed of the noise's distribution.</para>
/// </remarks>
public static class MiniBatchPrediction
{
    /// <summary>Computes E[½‖u_k‖²] for k = 0 … steps.</summary>
    /// <param name="spectrum">Of H at the start.</param>
    /// <param name="residual">u₀, shape [N], output-major.</param>
    /// <param name="examples">n; N is a multiple of it.</param>
    /// <param name="batchSize">b, from 1 to n.</param>
    /// <param name="learningRate">η ≥ 0, of the sum over all examples: for a mean over the batch divide its step by n.</param>
    /// <param name="steps">≥ 0.</param>
    /// <param name="sampling">How a batch is drawn.</param>
    /// <param name="threads">At most so many threads; the result does not depend on it.</param>
    /// <returns>steps + 1 losses. They grow without bound where the noise feeds itself faster than the step shrinks it.</returns>
    /// <remarks>Cost: 4·N³ operations a step and four N × N matrices.</remarks>
    public static double[] ExpectedLosses(
        KernelSpectrum spectrum,
        ReadOnlySpan<double> residual,
        int examples,
        int batchSize,
        double learningRate,
        int steps,
        BatchSampling sampling = BatchSampling.WithReplacement,
        int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        Require.Positive(examples);
        Require.That(spectrum.Size % examples == 0, $"The kernel has {spectrum.Size} rows, which are not a whole number for each of {examples} examples.", nameof(examples));
        Require.Between(batchSize, 1, examples);
        Require.Between(learningRate, 0, double.MaxValue);
        Require.Between(steps, 0, int.MaxValue - 1);
        Require.Positive(threads);

        double[] parts = spectrum.Project(residual);
        int size = parts.Length;
        double[] speeds = new double[size];
        TensorPrimitives.Multiply(spectrum.Values.Span, learningRate * spectrum.Factor, speeds);
        MatrixView<double> moments = MatrixView.Allocate<double>(size, size);
        for (int j = 0; j < size; j++)
            TensorPrimitives.Multiply(parts, parts[j], moments.Row(j));

        double noise = sampling == BatchSampling.WithReplacement
            ? (double)examples / batchSize
            : examples == 1 ? 0 : (double)(examples - batchSize) * examples / ((double)batchSize * (examples - 1));
        var spread = new BatchSpread(spectrum.Vectors, examples, threads);
        double[] losses = new double[steps + 1];
        losses[0] = HalfTrace(moments);
        for (int k = 1; k <= steps; k++)
        {
            ReadOnlyMatrixView<double> sampled = spread.Of(moments);
            for (int j = 0; j < size; j++)
            {
                Span<double> row = moments.Row(j);
                ReadOnlySpan<double> noisy = sampled.Row(j);
                for (int i = 0; i < size; i++)
                    row[i] = ((1 - speeds[j]) * (1 - speeds[i]) * row[i]) + (noise * speeds[j] * speeds[i] * (noisy[i] - (row[i] / examples)));
            }

            losses[k] = HalfTrace(moments);
        }

        return losses;
    }

    private static double HalfTrace(MatrixView<double> moments)
    {
        double sum = 0;
        for (int j = 0; j < moments.Rows; j++)
            sum += moments[j, j];
        return sum / 2;
    }
}
