namespace Kelvin.Monitoring.Tests.Detectors;

public sealed class LearningRateDetectorTests
{
    [Fact]
    public void A_step_that_promises_many_times_the_loss_is_too_large_at_the_first_step()
    {
        var monitor = new RunMonitor();

        monitor.Observe([new(Vitals.TrainLoss, 1, 2.3), new(Vitals.PromisedDecrease, 1, 40)]);

        Incident incident = Assert.Single(monitor.Incidents);
        Assert.Equal((Causes.LearningRateTooHigh, 1L), (incident.Cause, incident.OpenedStep));
    }

    [Theory]
    [InlineData(2.1, true)]
    [InlineData(1.9, false)]
    public void On_a_parabola_it_speaks_exactly_beyond_the_stable_step(double stepTimesCurvature, bool isUnstable)
    {
        var monitor = new RunMonitor();
        double w = 1;

        for (int t = 0; t < 100; t++)
        {
            double loss = 0.5 * w * w;
            monitor.Observe([new(Vitals.TrainLoss, t, loss), new(Vitals.PromisedDecrease, t, stepTimesCurvature * w * w / loss)]);
            w -= stepTimesCurvature * w;
        }

        Assert.Equal(isUnstable, monitor.Incidents.Count == 1);
        Assert.All(monitor.Incidents, incident => Assert.Equal((Causes.LearningRateTooHigh, 0L), (incident.Cause, incident.OpenedStep)));
    }

    [Fact]
    public void Without_the_promised_decrease_a_loss_that_climbs_step_after_step_is_named_before_it_is_ten_fold()
    {
        IEnumerable<double> fall = Enumerable.Range(0, 200).Select(t => Math.Exp(-0.01 * t));
        IEnumerable<double> rise = Enumerable.Range(1, 50).Select(t => Math.Exp(-1.99 + (0.2 * t)));

        Incident incident = Assert.Single(Runs.Losses(fall.Concat(rise)).Incidents);

        Assert.Equal(Causes.LearningRateTooHigh, incident.Cause);
        Assert.InRange(incident.OpenedStep, 200, 206);   // exp(0.2 · 6) = 3.3
    }

    [Fact]
    public void A_loss_that_swings_ever_wider_is_named()
    {
        IEnumerable<double> losses = Enumerable.Range(0, 40)
            .Select(t => Math.Exp(-0.001 * t) * (t < 20 ? 1 : Math.Exp(0.02 * Math.Pow(1.4, t - 20) * (t % 2 == 0 ? 1 : -1))));

        RunMonitor monitor = Runs.Losses(losses);

        Assert.Equal(Causes.LearningRateTooHigh, monitor.Incidents[0].Cause);
        Assert.Equal("swing", monitor.Incidents[0].Evidence[0].Rule);
    }

    [Fact]
    public void Updates_as_large_as_the_weights_are_named_unless_the_loss_falls()
    {
        Assert.Equal(Causes.LearningRateTooHigh, Updates(t => 2.3).Open?.Cause);
        Assert.Null(Updates(t => 2.3 * Math.Exp(-0.3 * t)).Open);
    }

    private static RunMonitor Updates(Func<int, double> loss)
    {
        var monitor = new RunMonitor();
        for (int t = 0; t < 10; t++)
            monitor.Observe([new(Vitals.TrainLoss, t, loss(t)), new(Vitals.UpdateRatio, t, 0.4)]);
        return monitor;
    }
}
