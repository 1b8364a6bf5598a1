namespace Kelvin.Monitoring.Tests;

/// <summary>Feeds whole runs to monitors.</summary>
internal static class Runs
{
    /// <summary>Feeds one series, one point a step from step 0.</summary>
    public static RunMonitor Of(string series, params IEnumerable<double> values)
    {
        var monitor = new RunMonitor();
        long step = 0;
        foreach (double value in values)
            monitor.Observe([new Point(series, step++, value)]);
        return monitor;
    }

    public static RunMonitor Losses(params IEnumerable<double> losses) => Of(Vitals.TrainLoss, losses);
}
