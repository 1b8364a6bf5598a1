namespace Kelvin.Cli.Lab.Tune;

/// <summary>Proposes step size, temperature and width from the curvature at the start and runs of narrow networks.</summary>
/// <remarks>
/// <para>First the largest eigenvalue of the tangent kernel, weighted by the loss (Gauss–Newton), gives for each temperature and width the step 2/λ_max
/// at which descent begins to overshoot; so the steps worth trying are a few multiples of it, not a range of orders of magnitude.</para>
/// <para>A run costs in proportion to its width: nine tenths of what a grid over widths costs is spent on the wide ones. So the narrowest networks
/// are trained at every temperature and multiple; in units of 2/λ_max a good step is good at other widths too, so each wider network is
/// trained only where the narrower ones did best, the fewer the wider.</para>
/// <para>Last, from the best run to the worst, step and temperature are moved by factors of two and √2, then less, while the budget lasts.</para>
/// <para>Source of the transfer across widths: Yang et al., arXiv 2203.03466.</para>
/// </remarks>
/// <param name="run">The means.</param>
/// <param name="plan">What to search.</param>
/// <param name="data">The data.</param>
/// <param name="seed">Seed of every start and every order of examples.</param>
internal sealed class TuneSearch(LabRun run, TunePlan plan, LabData data, int seed)
{
    private const int Fewest = 3;
    private readonly double _limit = plan.Budget * TuneGrid.Cost(plan, data);
    private readonly TuneTraceBuilder _trace = new();
    private readonly HashSet<TuneSetting> _tried = [];

    private readonly record struct Place(double Temperature, double Multiple);

    /// <summary>Searches.</summary>
    public TuneTrace Search()
    {
        TuneCurvature curvature = TuneCurvature.Measure(run, plan, data, seed);
        _trace.Spend(curvature.Cost);
        Place[] places = [.. from temperature in plan.Temperatures from multiple in plan.Multiples select new Place(temperature, multiple)];
        var done = new List<(Place Place, TuneArm Arm)>();
        int narrowest = plan.Widths.Min();
        foreach (int hidden in plan.Widths.Order())
        {
            int count = Math.Max(Fewest, (int)(places.Length * Math.Pow((double)narrowest / hidden, 0.75)));
            Place[] promising = done.Count == 0
                ? places
                : [.. done.OrderBy(one => one.Arm.Loss).Select(one => one.Place).Distinct().Take(count)];
            done.AddRange(Train(promising, hidden, curvature));
        }

        foreach ((_, TuneArm arm) in done.OrderBy(one => one.Arm.Loss))
            Refine(arm);
        return _trace.Build();
    }

    /// <summary>Whole runs of one width at some places.</summary>
    private (Place Place, TuneArm Arm)[] Train(Place[] places, int hidden, TuneCurvature curvature)
    {
        (Place Place, TuneArm Arm)[] runs =
        [
            .. from place in places
               let step = curvature.Step(hidden, place.Temperature)
               where step is not null
               select (place, new TuneArm(plan, data, new TuneSetting(place.Multiple * step.Value, place.Temperature, hidden), seed)),
        ];
        Train([.. runs.Select(one => one.Arm)]);
        return runs;
    }

    private void Train(TuneArm[] arms)
    {
        double[] costs = run.Do<double>(
            $"Runs on {data.All.Name}", [.. arms.Select(arm => (Func<double>)(() => arm.Reach(plan.Epochs, run.CancellationToken)))]);
        for (int i = 0; i < arms.Length; i++)
        {
            _tried.Add(arms[i].Setting);
            _trace.Spend(costs[i]);
            _trace.Finish(arms[i]);
        }
    }

    /// <summary>Moves a setting while that helps and the budget lasts.</summary>
    private void Refine(TuneArm best)
    {
        double factor = 2;
        while (factor > 1.1)
        {
            TuneArm[] neighbours =
            [
                .. Neighbours(best.Setting, factor).Where(setting => !_tried.Contains(setting)).Select(setting => new TuneArm(plan, data, setting, seed)),
            ];
            int affordable = (int)((_limit - _trace.Cost) / (plan.Epochs * TuneCost.Epoch(data, best.Setting.Hidden)));
            if (affordable < 1)
                return;

            neighbours = [.. neighbours.Take(affordable)];
            Train(neighbours);
            TuneArm next = neighbours.Append(best).MinBy(arm => arm.Loss)!;
            if (ReferenceEquals(next, best))
                factor = Math.Sqrt(factor);
            best = next;
        }
    }

    private static TuneSetting[] Neighbours(TuneSetting at, double factor) =>
    [
        at with { LearningRate = at.LearningRate * factor },
        at with { LearningRate = at.LearningRate / factor },
        at with { Temperature = at.Temperature / Math.Sqrt(factor) },
        at with { Temperature = at.Temperature * Math.Sqrt(factor) },
    ];
}
