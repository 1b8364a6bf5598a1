namespace Kelvin.Monitoring.Tests.Incidents;

public sealed class IncidentTests
{
    [Fact]
    public void What_follows_from_a_step_too_large_joins_its_incident_and_does_not_rename_it()
    {
        var monitor = new RunMonitor();
        List<IncidentChange> changes = [];
        double[] losses = [2.3, 40, 5000, 1e9, double.NaN];

        for (int t = 0; t < losses.Length; t++)
            changes.AddRange(monitor.Observe([new(Vitals.TrainLoss, t, losses[t]), new(Vitals.PromisedDecrease, t, 30)]));

        Incident incident = Assert.Single(monitor.Incidents);
        Assert.Equal((Causes.LearningRateTooHigh, Severity.Critical, 0L), (incident.Cause, incident.Severity, incident.OpenedStep));
        Assert.Contains(incident.Evidence, e => e.Detector == Causes.Divergence);
        Assert.Contains(incident.Evidence, e => e.Detector == Causes.NonFinite);
        Assert.Equal(IncidentChangeKind.Opened, changes[0].Kind);
        Assert.All(changes.Skip(1), change => Assert.Equal(IncidentChangeKind.Updated, change.Kind));
    }

    [Fact]
    public void A_condition_that_stops_recovers_comes_back_and_closes_after_fifty_quiet_steps()
    {
        var monitor = new RunMonitor();
        List<IncidentChange> changes = [];
        for (int t = 0; t < 200; t++)
            changes.AddRange(monitor.Observe([new(Vitals.GradientNonFinite, t, t is 10 or 40 ? 1 : 0)]));

        Assert.Equal(
            [
                (IncidentChangeKind.Opened, 10), (IncidentChangeKind.Recovering, 11), (IncidentChangeKind.Returned, 40),
                (IncidentChangeKind.Recovering, 41), (IncidentChangeKind.Closed, 91),
            ],
            changes.Select(change => (change.Kind, change.Step)));
    }

    [Fact]
    public void Findings_more_than_fifty_steps_apart_are_two_incidents()
    {
        RunMonitor monitor = Runs.Of(Vitals.GradientNonFinite, Enumerable.Range(0, 200).Select(t => t is 10 or 62 ? 1.0 : 0));

        Assert.Equal([1, 2], monitor.Incidents.Select(incident => incident.Id));
    }

    [Fact]
    public void A_resume_from_before_the_onset_closes_a_latched_incident()
    {
        RunMonitor monitor = Runs.Of(Vitals.WeightNorm, [1, 1, double.NaN]);

        monitor.Announce(new(RunEventKind.Resume, 1));
        monitor.Observe([new(Vitals.WeightNorm, 1, 1), new(Vitals.WeightNorm, 2, 1)]);

        Assert.Equal("run resumed", Assert.Single(monitor.Incidents).Resolution);
    }

    [Fact]
    public void A_person_may_close_an_incident_and_a_condition_that_still_holds_opens_another()
    {
        RunMonitor monitor = Runs.Of(Vitals.WeightNorm, [1, double.NaN]);

        monitor.CloseIncident("looked at");
        monitor.Observe([new(Vitals.WeightNorm, 2, double.NaN)]);

        Assert.Equal("looked at", monitor.Incidents[0].Resolution);
        Assert.Null(monitor.Incidents[1].Resolution);
    }

    [Fact]
    public void After_an_announced_change_learnt_baselines_need_double_evidence()
    {
        RunMonitor[] monitors = [new(), new()];
        var share = new Series(Vitals.DeadShare, Layer: 0);
        foreach (RunMonitor monitor in monitors)
        {
            for (int t = 0; t < 60; t++)
            {
                if (t == 30 && monitor == monitors[1])
                    monitor.Announce(new(RunEventKind.BatchSizeChange, 30));
                monitor.Observe([new(share, t, t < 30 ? 0.1 : 0.7)]);
            }
        }

        Assert.NotNull(monitors[0].Open);
        Assert.Null(monitors[1].Open);
    }

    [Fact]
    public void The_sentences_of_an_incident_say_what_where_since_when_by_which_numbers_and_what_to_do()
    {
        List<string> lines = [];
        foreach (RunMonitor monitor in Examples.All())
        {
            foreach (Incident incident in monitor.Incidents)
            {
                lines.Add($"[{incident.Severity}] {incident.Title}");
                lines.AddRange(incident.Evidence.Select(e => $"    {e.Detector}/{e.Rule} {e.Series} @{e.Step}: {e.Text}"));
                lines.AddRange(incident.Remedy.Select(remedy => $"    -> {remedy}"));
            }
        }

        Golden.Matches(string.Join('\n', lines) + "\n", "incidents");
    }
}
