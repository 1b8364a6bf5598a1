namespace Kelvin.Monitoring.Tests.Detectors;

public sealed class DivergenceDetectorTests
{
    [Fact]
    public void Ten_times_the_best_loss_is_named_at_the_very_step_even_without_any_history()
    {
        RunMonitor monitor = Runs.LossesTo(DivergenceDetector.Kind, 2.3, 23.1);

        Incident incident = Assert.Single(monitor.Incidents);
        Assert.Equal((Causes.Divergence, 1L), (incident.Cause, incident.OpenedStep));
    }

    [Fact]
    public void A_smooth_loss_that_rises_ten_fold_far_below_its_start_is_named_at_the_very_step()
    {
        IEnumerable<double> fall = Enumerable.Range(0, 60).Select(t => 2.3 * Math.Exp(-0.1 * t));
        double best = 2.3 * Math.Exp(-5.9);
        IEnumerable<double> rise = Enumerable.Range(1, 30).Select(t => best * Math.Exp(0.1 * t));

        RunMonitor monitor = Runs.LossesTo(DivergenceDetector.Kind, fall.Concat(rise));

        Assert.Equal(59 + 24, Assert.Single(monitor.Incidents).OpenedStep);   // exp(2.4) is the first above 10
    }

    [Fact]
    public void A_slow_drift_upwards_is_named_long_before_it_is_ten_fold()
    {
        IEnumerable<double> fall = Enumerable.Range(0, 300).Select(t => 0.5 + (1.8 * Math.Exp(-0.03 * t)));
        IEnumerable<double> rise = Enumerable.Range(1, 300).Select(t => 0.5 * Math.Exp(0.005 * t));

        RunMonitor monitor = Runs.LossesTo(DivergenceDetector.Kind, fall.Concat(rise));

        Incident incident = Assert.Single(monitor.Incidents);
        Assert.Equal(Causes.Divergence, incident.Cause);
        Assert.InRange(incident.OpenedStep, 300, 440);   // exp(0.005 · 140) = 2
    }

    [Fact]
    public void A_noisy_loss_far_below_its_start_that_rises_and_stays_is_named_within_three_steps()
    {
        double[] noise = [0.8, 1.3, 0.9, 1.0, 0.7, 1.4, 1.1];
        IEnumerable<double> losses = Enumerable.Range(0, 400)
            .Select(t => noise[t % 7] * (t < 300 ? 2.3 * Math.Exp(-0.02 * t) : 0.4));   // 0.0057 at its best, then 0.4

        RunMonitor monitor = Runs.LossesTo(DivergenceDetector.Kind, losses);

        Assert.InRange(Assert.Single(monitor.Incidents).OpenedStep, 300, 302);
    }

    [Fact]
    public void One_hard_batch_of_a_fitted_network_is_no_divergence()
    {
        double[] noise = [0.8, 1.3, 0.9, 1.0, 0.7, 1.4, 1.1];
        IEnumerable<double> losses = Enumerable.Range(0, 400).Select(t => t == 300 ? 0.4 : noise[t % 7] * 2.3 * Math.Exp(-0.02 * t));

        Assert.Empty(Runs.LossesTo(DivergenceDetector.Kind, losses).Incidents);
    }

    [Fact]
    public void A_loss_of_zero_or_below_does_no_harm()
    {
        RunMonitor monitor = Runs.LossesTo(DivergenceDetector.Kind, 1, 0.5, 0, -0.1, 0, 0);

        Assert.Empty(monitor.Incidents);
        Assert.Equal(0, monitor.Failures);
    }
}
