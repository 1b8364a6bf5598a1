namespace Kelvin.Monitoring.Tests;

/// <summary>Feeds whole runs to monitors.</summary>
internal static class Runs
{
    /// <summary>Feeds one series, one point a step from step 0.</summary>
    public static RunMonitor Of(string name, params IEnumerable<double> values) => Of(new Series(name), values);

    /// <summary>Feeds one series, one point a step from step 0.</summary>
    public static RunMonitor Of(Series series, params IEnumerable<double> values)
    {
        var monitor = new RunMonitor();
        long step = 0;
        foreach (double value in values)
            monitor.Observe([new Point(series, step++, value)]);
        return monitor;
    }

    /// <summary>Feeds losses to a monitor that has one kind of detector only.</summary>
    public static RunMonitor LossesTo(DetectorKind kind, params IEnumerable<double> losses)
    {
        var monitor = new RunMonitor(kinds: [kind]);
        long step = 0;
        foreach (double loss in losses)
            monitor.Observe([new Point(Vitals.TrainLoss, step++, loss)]);
        return monitor;
    }

    public static RunMonitor Losses(params IEnumerable<double> losses) => Of(Vitals.TrainLoss, losses);
}
