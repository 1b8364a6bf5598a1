using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>What a denoiser sees of a batch, and what it is to say of it.</summary>
internal static class DenoiserInputs
{
    private const double LowestFrequency = 0.25;
    private const double HighestFrequency = 4;

    /// <summary>Fills the scaled points x/q and the features of noise level and label.</summary>
    public static void Fill<T>(
        DenoiserOptions options,
        ReadOnlyMatrixView<T> x,
        ReadOnlySpan<double> alphas,
        ReadOnlySpan<double> sigmas,
        ReadOnlySpan<int> labels,
        MatrixView<T> scaled,
        MatrixView<T> conditions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Rows; i++)
        {
            LinearCombination.Of<T>(1 / Size(options, alphas[i], sigmas[i]), x.Row(i), 0, x.Row(i), scaled.Row(i));
            Span<T> row = conditions.Row(i);
            double log = Math.Log(alphas[i] / sigmas[i]);
            for (int k = 0; k < options.Waves; k++)
            {
                double share = options.Waves == 1 ? 0 : (double)k / (options.Waves - 1);
                (double sin, double cos) = Math.SinCos(log * LowestFrequency * Math.Pow(HighestFrequency / LowestFrequency, share));
                row[2 * k] = T.CreateTruncating(sin);
                row[(2 * k) + 1] = T.CreateTruncating(cos);
            }

            if (options.Classes == 0)
                continue;
            Span<T> places = row[(2 * options.Waves)..];
            places.Clear();
            int label = labels.IsEmpty ? -1 : labels[i];
            places[label < 0 ? options.Classes : label] = T.One;
        }
    }

    /// <summary>F's target (σ x₀/δ − αδ ε)/q for one row.</summary>
    public static void Target<T>(DenoiserOptions options, double alpha, double sigma, ReadOnlySpan<T> data, ReadOnlySpan<T> noise, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double q = Size(options, alpha, sigma);
        LinearCombination.Of(sigma / (options.DataDeviation * q), data, -alpha * options.DataDeviation / q, noise, target);
    }

    /// <summary>ε̂ = (σ/q²) x − (αδ/q) F for one row.</summary>
    public static void Noise<T>(DenoiserOptions options, double alpha, double sigma, ReadOnlySpan<T> x, ReadOnlySpan<T> output, Span<T> noise)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double q = Size(options, alpha, sigma);
        LinearCombination.Of(sigma / (q * q), x, -alpha * options.DataDeviation / q, output, noise);
    }

    private static double Size(DenoiserOptions options, double alpha, double sigma) =>
        Math.Sqrt((sigma * sigma) + (alpha * alpha * options.DataDeviation * options.DataDeviation));
}
