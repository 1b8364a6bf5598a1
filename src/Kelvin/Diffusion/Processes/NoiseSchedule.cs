namespace Kelvin.Diffusion;

/// <summary>How fast noise is added: the rate β(t) and its integral over time.</summary>
/// <remarks>Times are from 0; a negative time or NaN is refused by the methods of <see cref="ForwardProcess"/> that ask for one.</remarks>
public abstract class NoiseSchedule
{
    private protected NoiseSchedule()
    {
    }

    /// <summary>The largest time for which the schedule is made; +∞ where there is none.</summary>
    public virtual double Horizon => double.PositiveInfinity;

    /// <summary>β(t) = β for all t ≥ 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not finite and greater than 0.</exception>
    public static NoiseSchedule Constant(double rate)
    {
        Require.Positive(rate);
        return new ConstantSchedule(rate);
    }

    /// <summary>β(t) = first + (last − first)·t/horizon, for t from 0 to the horizon.</summary>
    /// <remarks>0.1 to 20 over [0, 1] is the customary choice (Song et al., arXiv 2011.13456).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite and greater than 0.</exception>
    public static NoiseSchedule Linear(double first = 0.1, double last = 20, double horizon = 1)
    {
        Require.Positive(first);
        Require.Positive(last);
        Require.Positive(horizon);
        return new LinearSchedule(first, last, horizon);
    }

    /// <summary>α(t) = cos φ(t)/cos φ(0) with φ(t) = (π/2)(t/horizon + offset)/(1 + offset): β(t) = 2 φ′ tan φ(t).</summary>
    /// <remarks>
    /// <para>The rate grows without bound towards the horizon: start samplers a little before it, such as at 0.99·horizon (α = 0.016).</para>
    /// <para>Source: Nichol and Dhariwal, arXiv 2102.09672, in continuous time and without their clipping.</para>
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite and greater than 0.</exception>
    public static NoiseSchedule Cosine(double horizon = 1, double offset = 0.008)
    {
        Require.Positive(horizon);
        Require.Positive(offset);
        return new CosineSchedule(horizon, offset);
    }

    /// <summary>∫₀ᵗ β = lowest²·((highest/lowest)^(2t/horizon) − 1), the geometric growth of a variance-exploding process.</summary>
    /// <exception cref="ArgumentException">A value is not finite and greater than 0, or highest is not above lowest.</exception>
    public static NoiseSchedule Geometric(double lowest = 0.01, double highest = 10, double horizon = 1)
    {
        Require.Positive(lowest);
        Require.Positive(highest);
        Require.Positive(horizon);
        Require.That(highest > lowest, "highest must be greater than lowest: the noise grows.", nameof(highest));
        return new GeometricSchedule(lowest, highest, horizon);
    }

    /// <summary>β(t), per unit of time.</summary>
    public abstract double Rate(double time);

    /// <summary>∫ β from <paramref name="earlier"/> to <paramref name="later"/> time, without cancellation where they are close.</summary>
    public abstract double Integral(double earlier, double later);
}
