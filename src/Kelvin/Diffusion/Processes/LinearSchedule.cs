namespace Kelvin.Diffusion;

/// <summary>β(t) = first + (last − first)·t/horizon.</summary>
internal sealed class LinearSchedule(double first, double last, double horizon) : NoiseSchedule
{
    public override double Horizon => horizon;

    public override double Rate(double time) => first + ((last - first) * (time / horizon));

    /// <summary>The length times the rate in the middle.</summary>
    public override double Integral(double earlier, double later) => (later - earlier) * Rate(0.5 * (earlier + later));
}
