using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Cli.Lab.Landscape;

/// <summary>Trains all networks of the landscape experiment.</summary>
/// <param name="run">The means.</param>
/// <param name="plan">What to do.</param>
/// <param name="data">The data.</param>
/// <param name="journal">Keeps what is done.</param>
internal sealed class LandscapeRuns(LabRun run, LandscapePlan plan, LabData data, Journal journal)
{
    private readonly int[] _rows = data.FewTrainingRows(plan.Rows);

    /// <summary>Chooses each activation's best step on seeds of its own, then measures the others.</summary>
    public LandscapeResult Measure()
    {
        int[] seeds = run.Seeds(plan.Seeds);
        int[] others = [.. Enumerable.Range(0, plan.SelectionSeeds).Select(i => unchecked(plan.Seed + 10_000 + i))];
        double[][] times = run.Do<double[]>(
            "Best steps",
            [.. from activation in LabNetworks.Activations from seed in others select (Func<double[]>)(() => journal.Get(Key("times", activation, seed), () => Times(activation, seed)))]);
        double[] best = [.. LabNetworks.Activations.Select((_, i) => Best(times.Skip(i * others.Length).Take(others.Length)))];

        LandscapeSeed[] measured = run.Do<LandscapeSeed>(
            "Comparison",
            [
                .. from i in Enumerable.Range(0, best.Length)
                   from seed in seeds
                   select (Func<LandscapeSeed>)(() => journal.Get(Key("seed", LabNetworks.Activations[i], seed), () => One(LabNetworks.Activations[i], seed, best[i]))),
            ],
            one => LabWords.Text($"{LabWords.Of(one.Activation)}, seed {one.Seed}: stable to × {one.LargestStable:0.00}, {one.BestSteps:0} steps"));
        BarrierPair[] barriers = run.Do<BarrierPair>(
            "Barriers",
            [
                .. from i in Enumerable.Range(0, best.Length)
                   from pair in seeds.Chunk(2).Where(pair => pair.Length == 2)
                   select (Func<BarrierPair>)(() => journal.Get(Key("barrier", LabNetworks.Activations[i], pair[0]), () => Barrier(LabNetworks.Activations[i], pair[0], pair[1]))),
            ]);
        StuckRun[] stuck = run.Do<StuckRun>(
            "Stationary points",
            [
                .. from hidden in plan.StuckWidths.OrderDescending()
                   from activation in LabNetworks.Activations
                   from seed in seeds
                   select (Func<StuckRun>)(() => journal.Get($"{Key("stuck", activation, seed)}/{hidden}", () => Stuck(activation, hidden, seed))),
            ]);
        return new LandscapeResult(plan, best, measured, barriers, stuck, Hard(), [.. plan.Pairs.Select(Name)]);
    }

    private HardRun[] Hard()
    {
        if (plan.Hard.Count == 0)
            return [];

        var hard = new HardRuns(run, plan, data);
        HardRun[][] pairs = run.Do<HardRun[]>(
            "Confusable pairs",
            [
                .. from setting in plan.Hard
                   from activation in LabNetworks.Activations
                   from both in run.Seeds(plan.HardSeeds).Chunk(2).Where(both => both.Length == 2).Select((seeds, i) => (Seeds: seeds, Pair: plan.Pairs[i % plan.Pairs.Count]))
                   select (Func<HardRun[]>)(() => journal.Get(
                       $"{Key("hard", activation, both.Seeds[0])}/{setting.Name}", () => hard.Pair(setting, activation, both.Seeds[0], both.Seeds[1], both.Pair))),
            ]);
        return [.. pairs.SelectMany(pair => pair)];
    }

    private static string Key(string what, HiddenActivation activation, int seed) => FormattableString.Invariant($"{what}/{activation}/{seed}");

    private string Name(ClassPair pair) => $"{data.All.ClassNames[pair.First]}/{data.All.ClassNames[pair.Second]}";

    private double Best(IEnumerable<double[]> times)
    {
        double[][] all = [.. times];
        int index = Enumerable.Range(0, plan.Candidates.Count).MinBy(i => all.Average(one => one[i]));
        return plan.Candidates[index];
    }

    private StepTrials Trials(HiddenActivation activation, int hidden, int seed) => new(
        LabNetworks.Create(LabNetworks.Matched(data, activation, hidden), seed, plan.OutputSeed),
        data.Set<float>(_rows),
        data.Set<double>(_rows),
        plan.Trials,
        run.CancellationToken);

    /// <summary>Steps to the fixed loss for every candidate; twice the most where it is not reached.</summary>
    private double[] Times(HiddenActivation activation, int seed)
    {
        StepTrials trials = Trials(activation, plan.Hidden, seed);
        return [.. plan.Candidates.Select(multiple => Steps(trials.Run(multiple, plan.ToTarget)) is var steps && double.IsNaN(steps) ? 2.0 * plan.MaxSteps : steps)];
    }

    private static double Steps(DescentResult result) => result.IsFit ? result.Steps : double.NaN;

    private LandscapeSeed One(HiddenActivation activation, int seed, double best)
    {
        StepTrials trials = Trials(activation, plan.Hidden, seed);
        double largest = trials.FindLargest().Multiple;
        double safe = Steps(trials.Run(0.25, plan.ToTarget));
        double atBest = Steps(trials.Run(best, plan.ToTarget));
        bool failsAtOne = !trials.Run(1, plan.ToTarget).IsFit;
        bool failsAtTwo = !trials.Run(2, plan.ToTarget).IsFit;
        DescentResult end = trials.Run(best, plan.ToTheEnd);

        TrainingSet<float> test = data.Set<float>(data.Split.Test);
        MatrixView<float> outputs = MatrixView.Allocate<float>(test.Rows, data.Classes);
        var workspace = new NetworkWorkspace<float>(trials.Trained.Options, test.Rows);
        trials.Trained.Forward(test.Inputs, outputs, workspace);
        return new LandscapeSeed(
            activation,
            seed,
            trials.CurvatureStep,
            largest,
            safe,
            atBest,
            double.IsNaN(atBest),
            failsAtOne,
            failsAtTwo,
            trials.Trained.Evaluate(test, LossKind.Squared, workspace).Accuracy,
            [.. plan.Pairs.Select(pair => pair.Accuracy<float>(outputs, test.Labels.Span))],
            end.LastLoss / end.StartLoss);
    }

    private BarrierPair Barrier(HiddenActivation activation, int first, int second)
    {
        StepTrials one = Trials(activation, plan.Hidden, first);
        StepTrials two = Trials(activation, plan.Hidden, second);
        double start = one.Run(0.5, plan.ToTarget).StartLoss;
        two.Run(0.5, plan.ToTarget);
        double[] losses = LinearPath.Losses(one.Trained, two.Trained, data.Set<float>(_rows), LossKind.Squared);
        return new BarrierPair(activation, first, second, LinearPath.Barrier(losses) / start, [.. losses.Select(loss => loss / start)]);
    }

    private StuckRun Stuck(HiddenActivation activation, int hidden, int seed)
    {
        StepTrials trials = Trials(activation, hidden, seed);
        int late = plan.MaxSteps * 2 / 3;
        double lossThen = double.NaN;
        DescentResult end = trials.Run(0.5, plan.ToTheEnd, (step, loss) => lossThen = step == late ? loss : lossThen);
        return new StuckRun(activation, hidden, seed, end.LastLoss / end.StartLoss, (lossThen - end.LastLoss) / lossThen);
    }
}
