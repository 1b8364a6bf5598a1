namespace Kelvin.Diffusion;

/// <summary>A process that turns data into noise: x_t = α_t x_0 + σ_t ε with ε ~ N(0, I).</summary>
/// <remarks>
/// <para>Variance preserving (VP): dX = −½β(t) X dt + √β(t) dB, so α_t = exp(−½∫₀ᵗβ) and σ_t² = 1 − exp(−∫₀ᵗβ).</para>
/// <para>Variance exploding (VE): dX = √β(t) dB, so α_t = 1 and σ_t² = ∫₀ᵗβ.</para>
/// <para>Accuracy: a few ε in α and in σ², at small times too. Source: Song et al., arXiv 2011.13456.</para>
/// </remarks>
public sealed class ForwardProcess
{
    private readonly bool _preserves;

    private ForwardProcess(NoiseSchedule schedule, bool preserves)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        Schedule = schedule;
        _preserves = preserves;
    }

    /// <summary>The rate at which noise is added.</summary>
    public NoiseSchedule Schedule { get; }

    /// <summary>The largest time that the process is made for; +∞ where there is none.</summary>
    public double Horizon => Schedule.Horizon;

    /// <summary>The variance-preserving process with a schedule: data of unit variance keep it.</summary>
    public static ForwardProcess VariancePreserving(NoiseSchedule schedule) => new(schedule, preserves: true);

    /// <summary>The variance-exploding process with a schedule: noise is added and nothing is taken away.</summary>
    public static ForwardProcess VarianceExploding(NoiseSchedule schedule) => new(schedule, preserves: false);

    /// <summary>The Ornstein–Uhlenbeck process dX = −θX dt + √(2θ) dB: the variance-preserving one with β = 2θ.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate θ is not finite and greater than 0.</exception>
    public static ForwardProcess OrnsteinUhlenbeck(double rate = 1)
    {
        Require.Positive(rate);
        return new ForwardProcess(NoiseSchedule.Constant(2 * rate), preserves: true);
    }

    /// <summary>The process at time <paramref name="time"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not from 0 to the horizon.</exception>
    public NoiseLevel At(double time)
    {
        Require.Between(time, 0, Math.Min(Horizon, double.MaxValue));
        NoiseTransition sinceStart = Between(0, time);
        double rate = Schedule.Rate(time);
        return new NoiseLevel(time, sinceStart.Alpha, sinceStart.Variance, rate, _preserves ? -0.5 * rate : 0);
    }

    /// <summary>What the process does from time <paramref name="earlier"/> to <paramref name="later"/>.</summary>
    /// <exception cref="ArgumentException">The times are not in order, or not from 0 to the horizon.</exception>
    public NoiseTransition Transition(double earlier, double later)
    {
        Require.Between(later, 0, Math.Min(Horizon, double.MaxValue));
        Require.Between(earlier, 0, later);
        return Between(earlier, later);
    }

    private NoiseTransition Between(double earlier, double later)
    {
        double integral = Schedule.Integral(earlier, later);
        return _preserves
            ? new NoiseTransition(Math.Exp(-0.5 * integral), -CarefulExp.MinusOne(-integral))
            : new NoiseTransition(1, integral);
    }
}
