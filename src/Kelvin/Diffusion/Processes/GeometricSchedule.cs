namespace Kelvin.Diffusion;

/// <summary>∫₀ᵗ β = lowest²·(r^(2t/horizon) − 1), r = highest/lowest.</summary>
internal sealed class GeometricSchedule(double lowest, double highest, double horizon) : NoiseSchedule
{
    private readonly double _growth = 2 * Math.Log(highest / lowest) / horizon;

    public override double Horizon => horizon;

    public override double Rate(double time) => lowest * lowest * _growth * Math.Exp(_growth * time);

    public override double Integral(double earlier, double later) =>
        lowest * lowest * Math.Exp(_growth * earlier) * CarefulExp.MinusOne(_growth * (later - earlier));
}
