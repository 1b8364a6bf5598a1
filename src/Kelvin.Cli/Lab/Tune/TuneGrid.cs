namespace Kelvin.Cli.Lab.Tune;

/// <summary>The default grid search: every setting trained to its end.</summary>
internal static class TuneGrid
{
    /// <summary>The arithmetic of the whole grid, were no run to diverge.</summary>
    public static double Cost(TunePlan plan, LabData data) => plan.Grid.Sum(setting => plan.Epochs * TuneCost.Epoch(data, setting.Hidden));

    /// <summary>Trains it.</summary>
    public static TuneTrace Search(LabRun run, TunePlan plan, LabData data, int seed)
    {
        (TuneArm Arm, double Cost)[] arms = run.Do<(TuneArm, double)>(
            $"Grid on {data.All.Name}",
            [
                .. plan.Grid.Select(setting => (Func<(TuneArm, double)>)(() =>
                {
                    var arm = new TuneArm(plan, data, setting, seed);
                    return (arm, arm.Reach(plan.Epochs, run.CancellationToken));
                })),
            ],
            one => LabWords.Text($"{one.Item1.Setting}: {LabWords.Number(one.Item1.Loss)} nat"));
        var trace = new TuneTraceBuilder();
        foreach ((TuneArm arm, double cost) in arms)
        {
            trace.Spend(cost);
            trace.Finish(arm);
        }

        return trace.Build();
    }
}
