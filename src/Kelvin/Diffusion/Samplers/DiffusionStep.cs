using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>One step backwards in time, from x_t to x_s with s &lt; t, given what the model says at t.</summary>
/// <remarks>
/// <para>a and v are those of <see cref="ForwardProcess.Transition"/>(s, t); z ~ N(0, I) is fresh noise; h = t − s. All steps are element by
/// element, so any number of points can be laid end to end. The result may lie on x_t. NaN and ±∞ flow through; nothing is allocated.</para>
/// <para>The DDIM and DDPM steps are exact for one Gaussian of unit variance (VP) in the sense stated by their sources; Euler and
/// Euler–Maruyama have an error of order h, Heun of order h², over a fixed time.</para>
/// <para>Sources: Ho et al., arXiv 2006.11239; Song et al., arXiv 2010.02502 and 2011.13456.</para>
/// </remarks>
public static class DiffusionStep
{
    /// <summary>The standard deviation η (σ_s/σ_t) √v of the fresh noise in a DDIM step.</summary>
    /// <param name="process">The forward process.</param>
    /// <param name="t">Where the step begins.</param>
    /// <param name="s">Where it ends, from 0 to t.</param>
    /// <param name="eta">η from 0 (no fresh noise) to 1 (that of DDPM).</param>
    public static double DdimNoise(ForwardProcess process, double t, double s, double eta)
    {
        (NoiseLevel from, NoiseLevel to, NoiseTransition step) = Look(process, t, s);
        Require.Between(eta, 0, 1);
        return eta * to.Sigma / from.Sigma * Math.Sqrt(step.Variance);
    }

    /// <summary>x_s = α_s x̂₀ + √(σ_s² − sd²) ε̂ + sd·z, sd = η (σ_s/σ_t) √v.</summary>
    /// <param name="process">The forward process.</param>
    /// <param name="t">Where the step begins; σ_t > 0.</param>
    /// <param name="s">Where it ends, from 0 to t.</param>
    /// <param name="eta">η from 0 (deterministic; z is not read and may be empty) to 1 (equal to <see cref="Ddpm"/> in law and value).</param>
    /// <param name="x">x_t.</param>
    /// <param name="noise">ε̂ at t.</param>
    /// <param name="z">Fresh noise.</param>
    /// <param name="next">x_s; may lie on <paramref name="x"/>, not on the others.</param>
    public static void Ddim<T>(
        ForwardProcess process, double t, double s, double eta, ReadOnlySpan<T> x, ReadOnlySpan<T> noise, ReadOnlySpan<T> z, Span<T> next)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (NoiseLevel from, NoiseLevel to, NoiseTransition step) = Look(process, t, s);
        Require.Between(eta, 0, 1);

        double direction = to.Sigma * Math.Sqrt(Math.Max(0, 1 - (eta * eta * step.Variance / from.Variance)));
        LinearCombination.Of(1 / step.Alpha, x, direction - (from.Sigma / step.Alpha), noise, next);
        LinearCombination.Add(eta * to.Sigma / from.Sigma * Math.Sqrt(step.Variance), z, next);
    }

    /// <summary>The variance v σ_s²/σ_t² of the ancestral (DDPM) step.</summary>
    public static double DdpmVariance(ForwardProcess process, double t, double s)
    {
        (NoiseLevel from, NoiseLevel to, NoiseTransition step) = Look(process, t, s);
        return step.Variance * to.Variance / from.Variance;
    }

    /// <summary>The ancestral step x_s = a (σ_s²/σ_t²) x_t + α_s (v/σ_t²) x̂₀ + √(v σ_s²/σ_t²) z.</summary>
    /// <param name="process">The forward process.</param>
    /// <param name="t">Where the step begins; σ_t > 0.</param>
    /// <param name="s">Where it ends, from 0 to t.</param>
    /// <param name="x">x_t.</param>
    /// <param name="noise">ε̂ at t.</param>
    /// <param name="z">Fresh noise; empty for the mean of the step.</param>
    /// <param name="next">x_s; may lie on <paramref name="x"/>, not on the others.</param>
    public static void Ddpm<T>(
        ForwardProcess process, double t, double s, ReadOnlySpan<T> x, ReadOnlySpan<T> noise, ReadOnlySpan<T> z, Span<T> next)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (NoiseLevel from, NoiseLevel to, NoiseTransition step) = Look(process, t, s);

        // With x̂₀ = (x_t − σ_t ε̂)/α_t and α_s/α_t = 1/a the coefficient of x_t is (a² σ_s² + v)/(a σ_t²) = 1/a.
        LinearCombination.Of(1 / step.Alpha, x, -step.Variance / (step.Alpha * from.Sigma), noise, next);
        if (!z.IsEmpty)
            LinearCombination.Add(Math.Sqrt(step.Variance * to.Variance / from.Variance), z, next);
    }

    /// <summary>Euler–Maruyama of the reverse equation: x_s = x_t − h(f x_t − β ŝ) + √(βh) z, f and β at t.</summary>
    /// <param name="process">The forward process.</param>
    /// <param name="t">Where the step begins.</param>
    /// <param name="s">Where it ends, from 0 to t.</param>
    /// <param name="x">x_t.</param>
    /// <param name="score">ŝ at t.</param>
    /// <param name="z">Fresh noise; empty for the mean of the step.</param>
    /// <param name="next">x_s; may lie on <paramref name="x"/>, not on the others.</param>
    public static void EulerMaruyama<T>(
        ForwardProcess process, double t, double s, ReadOnlySpan<T> x, ReadOnlySpan<T> score, ReadOnlySpan<T> z, Span<T> next)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NoiseLevel from = Look(process, t, s).From;
        double h = t - s;
        LinearCombination.Of(1 - (h * from.Drift), x, h * from.Rate, score, next);
        if (!z.IsEmpty)
            LinearCombination.Add(Math.Sqrt(from.Rate * h), z, next);
    }

    /// <summary>Euler's step of the probability-flow equation dx/dt = f x − ½β s: x_s = x_t − h(f x_t − ½β ŝ), f and β at t.</summary>
    /// <param name="process">The forward process.</param>
    /// <param name="t">Where the step begins.</param>
    /// <param name="s">Where it ends, from 0 to t.</param>
    /// <param name="x">x_t.</param>
    /// <param name="score">ŝ at t.</param>
    /// <param name="next">x_s; may lie on <paramref name="x"/>, not on the score.</param>
    public static void FlowEuler<T>(ForwardProcess process, double t, double s, ReadOnlySpan<T> x, ReadOnlySpan<T> score, Span<T> next)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NoiseLevel from = Look(process, t, s).From;
        double h = t - s;
        LinearCombination.Of(1 - (h * from.Drift), x, 0.5 * h * from.Rate, score, next);
    }

    /// <summary>Heun's step: x_s = x_t − ½h((f x_t − ½β ŝ) at t + the same at the Euler point x′ at s).</summary>
    /// <param name="process">The forward process.</param>
    /// <param name="t">Where the step begins.</param>
    /// <param name="s">Where it ends, from 0 to t.</param>
    /// <param name="x">x_t.</param>
    /// <param name="score">ŝ at (x_t, t).</param>
    /// <param name="eulerPoint">x′, from <see cref="FlowEuler"/>.</param>
    /// <param name="eulerScore">ŝ at (x′, s).</param>
    /// <param name="next">x_s; may lie on <paramref name="x"/>, not on the others.</param>
    public static void FlowHeun<T>(
        ForwardProcess process,
        double t,
        double s,
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> score,
        ReadOnlySpan<T> eulerPoint,
        ReadOnlySpan<T> eulerScore,
        Span<T> next)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (NoiseLevel from, NoiseLevel to, _) = Look(process, t, s);
        double half = 0.5 * (t - s);
        LinearCombination.Of(1 - (half * from.Drift), x, 0.5 * half * from.Rate, score, next);
        LinearCombination.Add(-half * to.Drift, eulerPoint, next);
        LinearCombination.Add(0.5 * half * to.Rate, eulerScore, next);
    }

    /// <summary>One Langevin step at a fixed time: x ← x + δ ŝ + √(2δ) z, which leaves the law with score ŝ as it is, up to order δ.</summary>
    /// <param name="delta">δ > 0, the size of the step.</param>
    /// <param name="x">x.</param>
    /// <param name="score">ŝ at x.</param>
    /// <param name="z">Fresh noise.</param>
    /// <param name="next">The new x; may lie on <paramref name="x"/>, not on the others.</param>
    public static void Langevin<T>(double delta, ReadOnlySpan<T> x, ReadOnlySpan<T> score, ReadOnlySpan<T> z, Span<T> next)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.Positive(delta);
        LinearCombination.Of(1, x, delta, score, next);
        LinearCombination.Add(Math.Sqrt(2 * delta), z, next);
    }

    private static (NoiseLevel From, NoiseLevel To, NoiseTransition Step) Look(ForwardProcess process, double t, double s)
    {
        ArgumentNullException.ThrowIfNull(process);
        NoiseTransition step = process.Transition(s, t);
        return (process.At(t), process.At(s), step);
    }
}
