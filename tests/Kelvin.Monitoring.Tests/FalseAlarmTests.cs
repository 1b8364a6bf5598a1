namespace Kelvin.Monitoring.Tests;

/// <summary>How rarely healthy runs of each shape open an incident; the table in docs/monitoring.md is the slow test's output.</summary>
public sealed class FalseAlarmTests(ITestOutputHelper output)
{
    private const int Steps = 1000;

    [Fact]
    public void Healthy_runs_of_every_shape_are_left_alone()
    {
        foreach (HealthyKind kind in Enum.GetValues<HealthyKind>())
        {
            int alarmed = Alarmed(kind, firstSeed: 0, runs: 20);

            Assert.True(alarmed <= Allowed(kind, 20), $"{alarmed} of 20 healthy runs of kind {kind} opened an incident.");
        }
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Thousands_of_healthy_runs_of_every_shape_are_left_alone()
    {
        foreach (HealthyKind kind in Enum.GetValues<HealthyKind>())
        {
            int alarmed = Alarmed(kind, firstSeed: 10_000, runs: 1000);
            output.WriteLine(FormattableString.Invariant($"{kind}: {alarmed} of 1000 runs of {Steps} steps"));

            Assert.True(alarmed <= Allowed(kind, 1000), $"{alarmed} of 1000 healthy runs of kind {kind} opened an incident.");
        }
    }

    /// <summary>The rate documented in docs/monitoring.md, and three standard deviations and a run of chance.</summary>
    private static int Allowed(HealthyKind kind, int runs)
    {
        double rate = kind switch
        {
            HealthyKind.SmallBatches => 0.06,
            HealthyKind.BenignSpike => 0.01,
            HealthyKind.Correlated or HealthyKind.NearZero or HealthyKind.HardExamples => 0.005,
            _ => 0.001,
        };
        return 1 + (int)((rate * runs) + (3 * Math.Sqrt(rate * runs)));
    }

    private static int Alarmed(HealthyKind kind, int firstSeed, int runs)
    {
        int alarmed = 0;
        Parallel.For(firstSeed, firstSeed + runs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            if (new HealthyRun(kind, seed).Watch(Steps).Incidents.Count > 0)
                Interlocked.Increment(ref alarmed);
        });
        return alarmed;
    }
}
