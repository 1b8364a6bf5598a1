namespace Kelvin.Monitoring.Tests.Detectors;

public sealed class DivergenceDetectorTests
{
    [Fact]
    public void Ten_times_the_best_loss_is_named_at_the_very_step_even_without_any_history()
    {
        RunMonitor monitor = Runs.Losses(2.3, 23.1);

        Incident incident = Assert.Single(monitor.Incidents);
        Assert.Equal((Causes.Divergence, 1L), (incident.Cause, incident.OpenedStep));
    }

    [Fact]
    public void A_smooth_loss_that_rises_ten_fold_far_below_its_start_is_named_at_the_very_step()
    {
        IEnumerable<double> fall = Enumerable.Range(0, 60).Select(t => 2.3 * Math.Exp(-0.1 * t));
        double best = 2.3 * Math.Exp(-5.9);
        IEnumerable<double> rise = Enumerable.Range(1, 30).Select(t => best * Math.Exp(0.1 * t));

        RunMonitor monitor = Runs.Losses(fall.Concat(rise));

        Assert.Equal(59 + 24, Assert.Single(monitor.Incidents).OpenedStep);   // exp(2.4) is the first above 10
    }

    [Fact]
    public void A_slow_drift_upwards_is_named_long_before_it_is_ten_fold()
    {
        IEnumerable<double> fall = Enumerable.Range(0, 300).Select(t => 0.5 + (1.8 * Math.Exp(-0.03 * t)));
        IEnumerable<double> rise = Enumerable.Range(1, 300).Select(t => 0.5 * Math.Exp(0.005 * t));

        RunMonitor monitor = Runs.Losses(fall.Concat(rise));

        Incident incident = Assert.Single(monitor.Incidents);
        Assert.Equal(Causes.Divergence, incident.Cause);
        Assert.InRange(incident.OpenedStep, 300, 400);
    }

    [Fact]
    public void A_loss_of_zero_or_below_does_no_harm()
    {
        RunMonitor monitor = Runs.Losses(1, 0.5, 0, -0.1, 0, 0);

        Assert.Empty(monitor.Incidents);
        Assert.Equal(0, monitor.Failures);
    }
}
