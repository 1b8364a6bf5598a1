using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Cli.Lab.Tune;

/// <summary>Proposes step size, temperature and width from the curvature at the start and short probes.</summary>
/// <remarks>
/// <para>First the largest eigenvalue of the tangent kernel, weighted by the loss (Gauss–Newton), gives for each temperature and width the step 2/λ_max
/// at which descent begins to overshoot; so the steps worth trying are a few multiples of it, not a range of orders of magnitude.</para>
/// <para>Then successive halving: all probes train a tenth of the epochs, the best third three tenths, the best four to the end. Last, from the best
/// of the four to the worst, step and temperature are moved by factors of two and √2, then less, whole runs each, while the budget lasts.</para>
/// <para>Source of the halving: Jamieson and Talwalkar, arXiv 1502.07943.</para>
/// </remarks>
/// <param name="run">The means.</param>
/// <param name="plan">What to search.</param>
/// <param name="data">The data.</param>
/// <param name="seed">Seed of every start and every order of examples.</param>
internal sealed class TuneSearch(LabRun run, TunePlan plan, LabData data, int seed)
{
    private const int Finalists = 4;
    private readonly double _limit = plan.Budget * TuneGrid.Cost(plan, data);
    private readonly TuneTraceBuilder _trace = new();
    private readonly HashSet<TuneSetting> _tried = [];

    /// <summary>Searches.</summary>
    public TuneTrace Search()
    {
        TuneArm[] arms = Probes();
        Train(arms, Math.Max(1, plan.Epochs / 10));
        arms = [.. arms.OrderBy(arm => arm.Loss).Take(Math.Max(Finalists, arms.Length / 3))];
        Train(arms, Math.Max(1, plan.Epochs * 3 / 10));
        arms = [.. arms.OrderBy(arm => arm.Loss).Take(Finalists)];
        Train(arms, plan.Epochs);
        foreach (TuneArm arm in arms)
            _trace.Finish(arm);
        foreach (TuneArm arm in arms.OrderBy(arm => arm.Loss))
            Refine(arm);
        return _trace.Build();
    }

    /// <summary>One probe for each temperature, width and multiple of the step at which descent overshoots.</summary>
    private TuneArm[] Probes()
    {
        (int Hidden, double Temperature)[] places =
            [.. from hidden in plan.Widths from temperature in plan.Temperatures select (hidden, temperature)];
        (double Step, double Cost)[] steps = run.Do<(double, double)>(
            $"Curvature on {data.All.Name}", [.. places.Select(place => (Func<(double, double)>)(() => Curvature(place.Hidden, place.Temperature)))]);
        _trace.Spend(steps.Sum(one => one.Cost));
        return
        [
            .. from i in Enumerable.Range(0, places.Length)
               where double.IsFinite(steps[i].Step)
               from multiple in plan.Multiples
               select new TuneArm(plan, data, new TuneSetting(multiple * steps[i].Step, places[i].Temperature, places[i].Hidden), seed),
        ];
    }

    private (double Step, double Cost) Curvature(int hidden, double temperature)
    {
        NetworkOptions options = TunePlan.Network(data, new TuneSetting(0, temperature, hidden));
        TrainingSet<double> probe = data.Set<double>(data.FewTrainingRows(plan.ProbeRows));
        EigenvalueEstimate largest = LossCurvature.Largest(
            TwoLayerNetwork.Create<double>(options, seed), probe, new LossOptions(), new EigenvalueOptions { Tolerance = 0.05, MaxIterations = 12 });
        return (LossCurvature.StableStep(largest), (largest.Iterations + 1) * TuneCost.CurvatureProduct(data, hidden, probe.Rows));
    }

    private void Train(TuneArm[] arms, int epochs)
    {
        double[] costs = run.Do<double>($"Probes on {data.All.Name}", [.. arms.Select(arm => (Func<double>)(() => arm.Reach(epochs, run.CancellationToken)))]);
        _trace.Spend(costs.Sum());
    }

    /// <summary>Moves a setting while that helps and the budget lasts.</summary>
    private void Refine(TuneArm best)
    {
        _tried.Add(best.Setting);
        double factor = 2;
        while (factor > 1.1)
        {
            TuneArm[] neighbours =
            [
                .. Neighbours(best.Setting, factor).Where(_tried.Add).Select(setting => new TuneArm(plan, data, setting, seed)),
            ];
            int affordable = (int)((_limit - _trace.Cost) / (plan.Epochs * TuneCost.Epoch(data, best.Setting.Hidden)));
            if (affordable < 1)
                return;

            neighbours = [.. neighbours.Take(affordable)];
            Train(neighbours, plan.Epochs);
            foreach (TuneArm arm in neighbours)
                _trace.Finish(arm);
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
