using CsCheck;

namespace Kelvin.Monitoring.Tests;

public sealed class RunMonitorTests
{
    [Fact]
    public void A_detector_that_throws_is_counted_and_switched_off_and_the_others_go_on()
    {
        var monitor = new RunMonitor(kinds: [ThrowingDetector.Kind, NonFiniteDetector.Kind]);

        for (int t = 0; t < 20; t++)
            monitor.Observe([new(Vitals.TrainLoss, t, t < 19 ? 1 : double.NaN)]);

        Assert.Equal(10, monitor.Failures);
        Assert.Equal(DetectorState.Error, monitor.Detectors[0].State);
        Assert.Contains("at step 9: the detector broke", monitor.Detectors[0].LastError, StringComparison.Ordinal);
        Assert.Equal(Causes.NonFinite, monitor.Open?.Cause);
    }

    [Fact]
    public void Detectors_without_their_inputs_are_listed_with_what_they_miss()
    {
        RunMonitor monitor = Runs.Of(Vitals.GradientNorm, 1, 1);

        Assert.Contains("dead_one_hot: inactive: missing softmax.prob.max, optim.grad.norm", monitor.Detectors.Select(d => d.ToString()), StringComparer.Ordinal);
        Assert.Contains("vanishing_gradient: inactive: missing train.loss", monitor.Detectors.Select(d => d.ToString()), StringComparer.Ordinal);
        Assert.Contains("exploding_gradient: watching", monitor.Detectors.Select(d => d.ToString()), StringComparer.Ordinal);
    }

    [Fact]
    public void Not_a_number_is_never_healthy()
    {
        RunMonitor monitor = Runs.Losses(1, double.NaN);

        Assert.Contains(monitor.Detectors, d => d is { Detector: Causes.Divergence, State: DetectorState.Unknown });
    }

    [Fact]
    public void Series_beyond_the_limit_are_counted_and_not_watched()
    {
        var monitor = new RunMonitor(new MonitorOptions { MaxSeries = 1 });

        monitor.Observe([new(Vitals.TrainLoss, 0, 1), new(Vitals.GradientNorm, 0, double.NaN), new(Vitals.TrainLoss, 1, 1)]);

        Assert.Equal((3L, 1L), (monitor.Points, monitor.IgnoredPoints));
        Assert.Empty(monitor.Incidents);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        ArgumentOutOfRangeException fault = Assert.Throws<ArgumentOutOfRangeException>(() => new RunMonitor(new MonitorOptions { QuietSteps = -1 }));

        Assert.Contains("QuietSteps is -1, but must be at least 0", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batching_does_not_change_what_is_found() =>
        Gen.Select(RandomRun.Points, Gen.Int[1, 40]).Sample((points, size) =>
        {
            RunMonitor one = new();
            RunMonitor other = new();
            List<IncidentChange> changes = [.. one.Observe(points)];
            List<IncidentChange> batched = [];
            foreach (Point[] batch in points.Chunk(size))
                batched.AddRange(other.Observe(batch));

            return one.Save().AsSpan().SequenceEqual(other.Save())
                && changes.Select(RandomRun.Describe).SequenceEqual(batched.Select(RandomRun.Describe), StringComparer.Ordinal);
        }, iter: 100);

    [Fact]
    public void A_restored_monitor_goes_on_with_identical_output() =>
        Gen.Select(RandomRun.Points, Gen.Double[0, 1]).Sample((points, share) =>
        {
            int cut = (int)(share * points.Length);
            RunMonitor one = new();
            one.Observe(points.AsSpan(0, cut));
            RunMonitor other = RunMonitor.Restore(one.Save());
            IReadOnlyList<IncidentChange> changes = one.Observe(points.AsSpan(cut));
            IReadOnlyList<IncidentChange> restored = other.Observe(points.AsSpan(cut));

            return one.Save().AsSpan().SequenceEqual(other.Save())
                && changes.Select(RandomRun.Describe).SequenceEqual(restored.Select(RandomRun.Describe), StringComparer.Ordinal);
        }, iter: 100);

    [Fact]
    public void Taking_points_allocates_nothing_while_nothing_changes()
    {
        Point[] points = [.. new HealthyRun(HealthyKind.Plain, 1).Points(600)];

        long bytes = Allocations.Fewest(
            () =>
            {
                var monitor = new RunMonitor();
                monitor.Observe(points.AsSpan(0, 400));
                return monitor;
            },
            monitor => monitor.Observe(points.AsSpan(400)));

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void A_fault_that_goes_on_allocates_nothing_either()
    {
        Point[] points = [.. Enumerable.Range(0, 1000).Select(t => new Point(Vitals.TrainLoss, t, t < 10 ? 1 : 50))];

        long bytes = Allocations.Fewest(
            () =>
            {
                var monitor = new RunMonitor();
                monitor.Observe(points.AsSpan(0, 200));
                return monitor;
            },
            monitor =>
            {
                monitor.Observe(points.AsSpan(200));
                Assert.NotNull(monitor.Open);
            });

        Assert.Equal(0, bytes);
    }
}
