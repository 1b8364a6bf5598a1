namespace Kelvin.Monitoring.Tests;

/// <summary>One small run for each cause.</summary>
internal static class Examples
{
    public static IEnumerable<RunMonitor> All()
    {
        yield return Runs.Losses(2.3, 2.2, 2.1, double.NaN);
        yield return Runs.Losses(2.3, 25);
        yield return Runs.Losses([.. Enumerable.Range(0, 200).Select(t => 2.3 * Math.Exp(-0.02 * t)), 1.5, 1.6, 1.7]);
        yield return Run(20, t => [new(Vitals.TrainLoss, t, 2.3), new(Vitals.PromisedDecrease, t, 50)]);
        yield return Run(20, t => [new(Vitals.TrainLoss, t, 2.3), new(Vitals.UpdateRatio, t, 0.3)]);
        yield return Run(201, t => [new(Vitals.TrainLoss, t, t < 200 ? 2 : 3), new(Vitals.GradientNorm, t, t < 200 ? 1 : 500)]);
        yield return Run(230, t => [new(Vitals.TrainLoss, t, 2), new(Vitals.GradientNorm, t, t < 200 ? 1 : 1e-4)]);
        yield return Run(
            5,
            t =>
            [
                new(Vitals.TrainLoss, t, 2.3), new(Vitals.GradientNorm, t, t < 3 ? 1 : 0), new(new Series(Vitals.MaxProbability, Layer: 0), t, t < 3 ? 0.2 : 1),
            ]);
        yield return Run(
            20,
            t =>
            [
                new(Vitals.TrainLoss, t, 2.3), new(new Series(Vitals.SaturatedShare, Layer: 2, Head: 1), t, t < 3 ? 0 : 0.75),
                new(new Series(Vitals.NormalizedEntropy, Layer: 2, Head: 1), t, t < 3 ? 0.9 : 0.05),
            ]);
        yield return Run(20, t => [new(new Series(Vitals.DeadShare, Layer: 0), t, t < 5 ? 0.05 : 1)]);
    }

    private static RunMonitor Run(int steps, Func<int, Point[]> points)
    {
        var monitor = new RunMonitor();
        for (int t = 0; t < steps; t++)
            monitor.Observe(points(t));
        return monitor;
    }
}
