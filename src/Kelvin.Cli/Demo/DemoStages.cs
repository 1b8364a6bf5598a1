using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Temperatures;
using MathNet.Numerics.Random;

namespace Kelvin.Cli.Demo;

/// <summary>The demo's work, stage by stage.</summary>
/// <param name="plan">How much to do.</param>
/// <param name="threads">Jobs at a time; the results do not depend on it.</param>
/// <param name="progress">Told how far it is.</param>
internal sealed class DemoStages(DemoPlan plan, int threads, DemoProgress progress)
{
    private readonly DemoData _data = DemoData.Load(plan.Seed);

    /// <summary>Does all stages.</summary>
    public DemoResult Run(CancellationToken cancellationToken)
    {
        int runs = DemoPlan.Activations.Count * plan.StabilitySeeds * DemoPlan.Regimes.Count;
        progress.Begin("1/5 Safe and too large steps", runs);
        var stability = ParallelJobs.Run(
            [
                .. from activation in DemoPlan.Activations
                   from seed in Seeds(plan.StabilitySeeds)
                   select (Func<(MechanismMeasurement Mechanisms, IReadOnlyList<StabilityRun> Runs)>)(() =>
                       new StabilityExperiment(plan, _data, activation, seed).Run(progress, cancellationToken)),
            ],
            threads,
            cancellationToken);

        KernelRun[] kernels = Kernels(cancellationToken);
        AccuracyResult[] accuracies = Accuracies(cancellationToken);
        progress.Begin("4/5 Temperatures", 2);
        AccuracyRun best = accuracies.MaxBy(result => result.Validation)!.Best;
        Func<CalibrationReport>[] calibrations = [() => CalibrateBest(best), () => CalibrateOverconfident(cancellationToken)];
        CalibrationReport[] reports = ParallelJobs.Run(calibrations, threads, cancellationToken);
        return new DemoResult(
            plan,
            _data,
            [.. stability.SelectMany(one => one.Runs)],
            [.. stability.Select(one => one.Mechanisms)],
            kernels,
            accuracies,
            reports[0],
            reports[1],
            Answers(cancellationToken));
    }

    private AnswerRun Answers(CancellationToken cancellationToken)
    {
        progress.Begin("5/5 A language model answers", AnswerExperiment.Temperatures.Count + 1);
        return new AnswerExperiment(plan, threads).Run(policy => progress.Done(DemoWords.News(policy)), cancellationToken);
    }

    private IEnumerable<int> Seeds(int count) => Enumerable.Range(0, count).Select(i => unchecked(plan.Seed + i));

    private KernelRun[] Kernels(CancellationToken cancellationToken)
    {
        progress.Begin("2/5 What the kernel predicts", DemoPlan.Activations.Count * plan.KernelWidths.Count * plan.KernelSeeds);
        var experiment = new KernelExperiment(plan, _data);
        return ParallelJobs.Run<KernelRun>(
            [
                .. from activation in DemoPlan.Activations
                   from width in plan.KernelWidths
                   from seed in Seeds(plan.KernelSeeds)
                   select (Func<KernelRun>)(() =>
                   {
                       KernelRun run = experiment.Run(activation, width, seed, cancellationToken);
                       progress.Done(DemoWords.News(run));
                       return run;
                   }),
            ],
            threads,
            cancellationToken);
    }

    private AccuracyResult[] Accuracies(CancellationToken cancellationToken)
    {
        int candidates = plan.LearningRates.Count * plan.SelectionSeeds;
        progress.Begin("3/5 Training for accuracy", DemoPlan.Activations.Count * (candidates + plan.AccuracySeeds - plan.SelectionSeeds));
        AccuracyRun[] competing = Train(
            from activation in DemoPlan.Activations
            from rate in plan.LearningRates
            from seed in Seeds(plan.SelectionSeeds)
            select (activation, rate, seed),
            cancellationToken);
        double[] chosen = [.. DemoPlan.Activations.Select(activation => Choose(competing.Where(run => run.Activation == activation)))];
        AccuracyRun[] others = Train(
            from i in Enumerable.Range(0, DemoPlan.Activations.Count)
            from seed in Seeds(plan.AccuracySeeds).Skip(plan.SelectionSeeds)
            select (DemoPlan.Activations[i], chosen[i], seed),
            cancellationToken);
        return
        [
            .. DemoPlan.Activations.Select((activation, i) => new AccuracyResult(
                activation,
                chosen[i],
                [.. competing.Concat(others).Where(run => run.Activation == activation && run.LearningRate == chosen[i])])),
        ];
    }

    private AccuracyRun[] Train(IEnumerable<(HiddenActivation Activation, double Rate, int Seed)> jobs, CancellationToken cancellationToken) =>
        ParallelJobs.Run<AccuracyRun>(
            [.. jobs.Select(job => (Func<AccuracyRun>)(() =>
            {
                AccuracyRun run = AccuracyRun.Train(plan, _data, job.Activation, job.Rate, job.Seed, cancellationToken);
                progress.Done(DemoWords.News(run));
                return run;
            }))],
            threads,
            cancellationToken);

    /// <summary>The learning rate with the best mean validation accuracy, by mean loss where accuracies are equal.</summary>
    private static double Choose(IEnumerable<AccuracyRun> runs) =>
        runs.GroupBy(run => run.LearningRate)
            .OrderByDescending(group => group.Average(run => run.Validation.Accuracy))
            .ThenBy(group => group.Average(run => run.Validation.Loss))
            .First().Key;

    private CalibrationReport CalibrateBest(AccuracyRun best)
    {
        CalibrationReport report = Compare(best.Network, _data.Split.Validation, _data.Split.Test);
        progress.Done("the best network is calibrated");
        return report;
    }

    /// <summary>Trains on few rows until nothing is left to learn; rows that are left over help to judge.</summary>
    private CalibrationReport CalibrateOverconfident(CancellationToken cancellationToken)
    {
        int[] train = [.. _data.Split.Train];
        new Xoshiro256StarStar(plan.Seed, threadSafe: false).Shuffle(train);
        TrainingSet<float> few = _data.Set<float>(train.AsSpan(0, plan.OverconfidentRows));
        TwoLayerNetwork<float> network = TwoLayerNetwork.Create<float>(DemoPlan.AccuracyNetwork(HiddenActivation.Exp, _data), plan.Seed);
        new Trainer<float>(network, few, null, plan.OverconfidentTraining).Run(cancellationToken: cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();

        int[] test = [.. _data.Split.Test, .. train.AsSpan(plan.OverconfidentRows)];
        CalibrationReport report = Compare(network, _data.Split.Validation, test);
        progress.Done("the overconfident network is calibrated");
        return report;
    }

    private CalibrationReport Compare(TwoLayerNetwork<float> network, int[] calibration, int[] test)
    {
        TrainingSet<float> fit = _data.Set<float>(calibration);
        TrainingSet<float> judge = _data.Set<float>(test);
        return CalibrationReport.Compare<float>(
            AccuracyRun.Logits(network, fit), fit.Labels.Span, AccuracyRun.Logits(network, judge), judge.Labels.Span, resamples: plan.Resamples, seed: plan.Seed);
    }
}
