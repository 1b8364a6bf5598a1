using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Monitoring.Tests.Detectors;

public sealed class GradientDetectorTests
{
    [Fact]
    public void A_gradient_hundreds_of_times_its_median_is_named_at_once()
    {
        RunMonitor monitor = Watch(t => t == 200 ? 300 : 1, t => t >= 200 ? 3 : 2);

        Incident incident = Assert.Single(monitor.Incidents);
        Assert.Equal((Causes.ExplodingGradient, 200L), (incident.Cause, incident.OpenedStep));
    }

    [Fact]
    public void Three_bursts_within_a_hundred_steps_are_named_at_the_third()
    {
        RunMonitor monitor = Watch(t => t is 150 or 170 or 190 ? 8 : 1, t => t is 150 or 170 or 190 ? 2.2 : 2);

        Incident incident = Assert.Single(monitor.Incidents);
        Assert.Equal((Causes.ExplodingGradient, 190L), (incident.Cause, incident.OpenedStep));
    }

    [Fact]
    public void One_hard_batch_of_a_fitted_network_is_no_explosion()
    {
        RunMonitor monitor = Watch(t => t == 250 ? 1.0 : t < 100 ? 1 : 1e-4, t => t < 100 ? 2 : t == 250 ? 1e-3 : 2e-4);

        Assert.Empty(monitor.Incidents);
    }

    [Fact]
    public void A_gradient_that_goes_while_the_loss_stays_is_named_after_twenty_steps()
    {
        RunMonitor monitor = Watch(t => t < 200 ? 1 : 1e-3, t => 2);

        Incident incident = Assert.Single(monitor.Incidents);
        Assert.Equal((Causes.VanishingGradient, 200L, 219L), (incident.Cause, incident.SinceStep, incident.OpenedStep));
    }

    [Fact]
    public void A_gradient_that_goes_because_the_loss_is_fitted_is_healthy()
    {
        RunMonitor monitor = Watch(t => Math.Exp(-0.05 * t), t => 2 * Math.Exp(-0.1 * t));

        Assert.Empty(monitor.Incidents);
    }

    private static RunMonitor Watch(Func<int, double> gradient, Func<int, double> loss)
    {
        var random = new Xoshiro256StarStar(1, false);
        var monitor = new RunMonitor();
        for (int t = 0; t < 300; t++)
        {
            double noise = Math.Exp(0.1 * Normal.Sample(random, 0, 1));
            monitor.Observe([new(Vitals.TrainLoss, t, loss(t)), new(Vitals.GradientNorm, t, noise * gradient(t))]);
        }

        return monitor;
    }
}
