namespace Kelvin.Monitoring.Tests.Detectors;

public sealed class NonFiniteDetectorTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_loss_that_is_not_finite_opens_an_incident_at_once(double value)
    {
        RunMonitor monitor = Runs.Losses(2.3, 2.2, value);

        Incident incident = Assert.Single(monitor.Incidents);
        Assert.Equal((Causes.NonFinite, Severity.Critical, 2L), (incident.Cause, incident.Severity, incident.OpenedStep));
    }

    [Fact]
    public void A_gradient_with_bad_entries_that_is_skipped_recovers_and_closes_after_the_quiet_steps()
    {
        RunMonitor monitor = Runs.Of(Vitals.GradientNonFinite, [0, 0, 3, .. Enumerable.Repeat(0.0, 52)]);

        Incident incident = Assert.Single(monitor.Incidents);
        Assert.Equal((IncidentState.Resolved, "recovered", 53L), (incident.State, incident.Resolution, incident.ClosedStep));
    }

    [Fact]
    public void Weights_that_are_not_finite_latch_until_the_run_ends()
    {
        RunMonitor monitor = Runs.Of(Vitals.WeightNorm, [1, 1, double.NaN, .. Enumerable.Repeat(1.0, 500)]);

        Assert.True(monitor.Open is { State: IncidentState.Firing, IsLatched: true });
        monitor.Finish();
        Assert.Equal("run finished", monitor.Incidents[0].Resolution);
    }
}
