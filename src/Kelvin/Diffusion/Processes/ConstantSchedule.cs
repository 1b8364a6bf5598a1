namespace Kelvin.Diffusion;

/// <summary>β(t) = β.</summary>
internal sealed class ConstantSchedule(double rate) : NoiseSchedule
{
    public override double Rate(double time) => rate;

    public override double Integral(double earlier, double later) => rate * (later - earlier);
}
