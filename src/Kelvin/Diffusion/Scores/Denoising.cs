using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>Turns one way of stating what was denoised into another: noise ε̂, data x̂₀, score ŝ or velocity v̂, given x_t = α x₀ + σ ε.</summary>
/// <remarks>
/// <para>ε̂ = −σ ŝ;  x̂₀ = (x_t − σ ε̂)/α = (x_t + σ² ŝ)/α (Tweedie);  v̂ = α ε̂ − σ x̂₀;  for a variance-preserving process
/// x̂₀ = α x_t − σ v̂ and ε̂ = σ x_t + α v̂; in general both are divided by α² + σ².</para>
/// <para>All are element by element; results may lie on an input. NaN and ±∞ flow through; σ = 0 makes <see cref="ScoreOfNoise"/> and
/// <see cref="NoiseOfData"/> infinite or NaN, α = 0 the data. Nothing is allocated.</para>
/// <para>Source: Salimans and Ho, arXiv 2202.00512, for v.</para>
/// </remarks>
public static class Denoising
{
    /// <summary>ŝ = −ε̂/σ.</summary>
    public static void ScoreOfNoise<T>(in NoiseLevel level, ReadOnlySpan<T> noise, Span<T> score)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => LinearCombination.Of(-1 / level.Sigma, noise, 0, noise, score);

    /// <summary>ε̂ = −σ ŝ.</summary>
    public static void NoiseOfScore<T>(in NoiseLevel level, ReadOnlySpan<T> score, Span<T> noise)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => LinearCombination.Of(-level.Sigma, score, 0, score, noise);

    /// <summary>x̂₀ = (x_t − σ ε̂)/α.</summary>
    public static void DataOfNoise<T>(in NoiseLevel level, ReadOnlySpan<T> noisy, ReadOnlySpan<T> noise, Span<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        LinearCombination.Of(1 / level.Alpha, noisy, -level.Sigma / level.Alpha, noise, data);

    /// <summary>ε̂ = (x_t − α x̂₀)/σ.</summary>
    public static void NoiseOfData<T>(in NoiseLevel level, ReadOnlySpan<T> noisy, ReadOnlySpan<T> data, Span<T> noise)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        LinearCombination.Of(1 / level.Sigma, noisy, -level.Alpha / level.Sigma, data, noise);

    /// <summary>Tweedie's formula x̂₀ = (x_t + σ² ŝ)/α.</summary>
    public static void DataOfScore<T>(in NoiseLevel level, ReadOnlySpan<T> noisy, ReadOnlySpan<T> score, Span<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        LinearCombination.Of(1 / level.Alpha, noisy, level.Variance / level.Alpha, score, data);

    /// <summary>ŝ = (α x̂₀ − x_t)/σ².</summary>
    public static void ScoreOfData<T>(in NoiseLevel level, ReadOnlySpan<T> noisy, ReadOnlySpan<T> data, Span<T> score)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        LinearCombination.Of(-1 / level.Variance, noisy, level.Alpha / level.Variance, data, score);

    /// <summary>v̂ = α ε̂ − σ x̂₀ = (α + σ²/α) ε̂ − (σ/α) x_t.</summary>
    public static void VelocityOfNoise<T>(in NoiseLevel level, ReadOnlySpan<T> noisy, ReadOnlySpan<T> noise, Span<T> velocity)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        LinearCombination.Of(-level.Sigma / level.Alpha, noisy, level.Alpha + (level.Variance / level.Alpha), noise, velocity);

    /// <summary>ε̂ = (σ x_t + α v̂)/(α² + σ²).</summary>
    public static void NoiseOfVelocity<T>(in NoiseLevel level, ReadOnlySpan<T> noisy, ReadOnlySpan<T> velocity, Span<T> noise)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double size = (level.Alpha * level.Alpha) + level.Variance;
        LinearCombination.Of(level.Sigma / size, noisy, level.Alpha / size, velocity, noise);
    }

    /// <summary>x̂₀ = (α x_t − σ v̂)/(α² + σ²).</summary>
    public static void DataOfVelocity<T>(in NoiseLevel level, ReadOnlySpan<T> noisy, ReadOnlySpan<T> velocity, Span<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double size = (level.Alpha * level.Alpha) + level.Variance;
        LinearCombination.Of(level.Alpha / size, noisy, -level.Sigma / size, velocity, data);
    }
}
