using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Cli.Lab.Tune;

/// <summary>The step 2/λ_max at which descent begins to overshoot, for each temperature and width of a plan.</summary>
internal sealed class TuneCurvature
{
    private readonly Dictionary<(int Hidden, double Temperature), double> _steps;

    private TuneCurvature(Dictionary<(int, double), double> steps, double cost) => (_steps, Cost) = (steps, cost);

    /// <summary>The arithmetic of measuring it.</summary>
    public double Cost { get; }

    /// <summary>Measures it.</summary>
    public static TuneCurvature Measure(LabRun run, TunePlan plan, LabData data, int seed)
    {
        (int Hidden, double Temperature)[] places =
            [.. from hidden in plan.Widths from temperature in plan.Temperatures select (hidden, temperature)];
        (double Step, double Cost)[] steps = run.Do<(double, double)>(
            $"Curvature on {data.All.Name}", [.. places.Select(place => (Func<(double, double)>)(() => One(plan, data, place.Hidden, place.Temperature, seed)))]);
        return new TuneCurvature(
            places.Zip(steps).Where(one => double.IsFinite(one.Second.Step)).ToDictionary(one => one.First, one => one.Second.Step),
            steps.Sum(one => one.Cost));
    }

    /// <summary>2/λ_max; null where there is no curvature to measure.</summary>
    public double? Step(int hidden, double temperature) => _steps.TryGetValue((hidden, temperature), out double step) ? step : null;

    private static (double Step, double Cost) One(TunePlan plan, LabData data, int hidden, double temperature, int seed)
    {
        NetworkOptions options = TunePlan.Network(data, new TuneSetting(0, temperature, hidden));
        TrainingSet<double> probe = data.Set<double>(data.FewTrainingRows(plan.ProbeRows));
        EigenvalueEstimate largest = LossCurvature.Largest(
            TwoLayerNetwork.Create<double>(options, seed), probe, new LossOptions(), new EigenvalueOptions { Tolerance = 0.05, MaxIterations = 12 });
        return (LossCurvature.StableStep(largest), (largest.Iterations + 1) * TuneCost.CurvatureProduct(data, hidden, probe.Rows));
    }
}
