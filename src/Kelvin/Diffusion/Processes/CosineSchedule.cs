namespace Kelvin.Diffusion;

/// <summary>α(t) = cos φ(t)/cos φ(0), φ(t) = (π/2)(t/horizon + offset)/(1 + offset).</summary>
internal sealed class CosineSchedule(double horizon, double offset) : NoiseSchedule
{
    private readonly double _slope = Math.PI / (2 * horizon * (1 + offset));

    public override double Horizon => horizon;

    public override double Rate(double time) => 2 * _slope * Math.Tan(Angle(time));

    /// <summary>−2 log(cos φ(later)/cos φ(earlier)), the quotient less 1 taken as −2 sin(mean angle) sin(half the difference)/cos φ(earlier).</summary>
    public override double Integral(double earlier, double later)
    {
        double quotientLessOne = -2 * Math.Sin(0.5 * (Angle(earlier) + Angle(later))) * Math.Sin(0.5 * _slope * (later - earlier)) / Math.Cos(Angle(earlier));
        return quotientLessOne < -0.5
            ? -2 * Math.Log(Math.Cos(Angle(later)) / Math.Cos(Angle(earlier)))
            : -2 * CarefulExp.LogOnePlus(quotientLessOne);
    }

    private double Angle(double time) => _slope * (time + (offset * horizon));
}
