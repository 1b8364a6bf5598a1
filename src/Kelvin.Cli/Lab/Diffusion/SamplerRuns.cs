using Kelvin.Cli.Frame;
using Kelvin.Diffusion;
using Kelvin.Linear;
using MathNet.Numerics.Random;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>Samples the ring with the exact score and with learnt ones, at the same steps and from the same start.</summary>
/// <param name="run">The means.</param>
/// <param name="plan">Steps, seeds, sizes.</param>
/// <param name="journal">Keeps every job that is done.</param>
internal sealed class SamplerRuns(LabRun run, DiffusionPlan plan, Journal journal)
{
    public const string Exact = "exact";
    public const string Network = "time-aware network";

    /// <summary>Mean square of a coordinate of the ring: radius²/2 + deviation².</summary>
    private const double RingVariance = 2.04;
    private const double From = 0.99;
    private const int TrainingPoints = 4000;
    private const int KernelPoints = 400;
    private static readonly ForwardProcess Process = ForwardProcess.VariancePreserving(NoiseSchedule.Cosine());
    private static readonly SamplerKind[] Kinds =
        [SamplerKind.Heun, SamplerKind.Ancestral, SamplerKind.Euler, SamplerKind.Ddim, SamplerKind.EulerMaruyama, SamplerKind.PredictorCorrector];

    public SamplerRow[] Sample()
    {
        DenoiserNetwork<double> network = Train();
        List<Func<SamplerRow[]>> jobs = [];
        foreach (int steps in plan.SamplerSteps)
        {
            double[] times = TimeGrid.Uniform(From, 0, steps);
            List<(string Name, Func<IScoreModel<double>> Make)> learnt = [(Network, () => new DenoiserScore<double>(network))];
            if (plan.SamplesKernels && steps == plan.SamplerSteps[0])
                learnt.AddRange(Learner.All.Take(2).Select(learner => (learner.Name, (Func<IScoreModel<double>>)(() => AtEachTime(learner, times)))));
            foreach ((string name, Func<IScoreModel<double>> make) in learnt)
            {
                jobs.Add(() => journal.Get(
                    FormattableString.Invariant($"sample/{name}/{steps}"),
                    () => Rows(name, make(), times, steps)));
            }
        }

        return [.. run.Do("Sampling the ring", jobs).SelectMany(rows => rows).DistinctBy(row => (row.Score, row.Sampler, row.Steps))];
    }

    private DenoiserNetwork<double> Train()
    {
        MatrixView<double> data = MatrixView.Allocate<double>(TrainingPoints, 2);
        LearnerRuns.Ring.Sample(new Xoshiro256StarStar(plan.Seed, threadSafe: false), data);
        var start = new DenoiserNetwork<double>(new DenoiserOptions { Dimensions = 2, Width = 128, Blocks = 2, DataDeviation = Math.Sqrt(RingVariance) }, plan.Seed);
        var options = new DenoiserTrainingOptions { Steps = plan.DenoiserSteps, FirstTime = 0.005, LastTime = 0.995, Seed = plan.Seed };
        var trainer = new DenoiserTrainer<double>(start, Process, data, default, options);
        double[] weights = journal.Get("ring-network", () => run.Do<double[]>("Training a network", (int)(options.Steps / 100), [tell =>
        {
            while (!trainer.IsDone)
            {
                trainer.TakeStep();
                run.CancellationToken.ThrowIfCancellationRequested();
                if (trainer.Step % 100 == 0)
                    tell(null);
            }

            return trainer.Average().Parameters.ToArray();
        }])[0]);
        weights.CopyTo(start.Parameters);
        return start;
    }

    private PredictorScore AtEachTime(Learner learner, double[] times) => new(2, times.Where(time => time > 0).Select((time, i) =>
    {
        NoiseLevel level = Process.At(time);
        NoisySample train = NoisySample.Draw(LearnerRuns.Ring, level, KernelPoints, unchecked((plan.Seed * 1009) + (2 * i)));
        NoisySample heldOut = NoisySample.Draw(LearnerRuns.Ring, level, LearnerRuns.HeldOut(KernelPoints), unchecked((plan.Seed * 1009) + (2 * i) + 1));
        run.CancellationToken.ThrowIfCancellationRequested();
        return learner.Fit(train, heldOut, false, plan.NetworkSteps, plan.Seed);
    }));

    private SamplerRow[] Rows(string name, IScoreModel<double> learnt, double[] times, int steps)
    {
        List<SamplerRow> rows = [];
        foreach (SamplerKind kind in name == Network ? Kinds : Kinds[..2])
        {
            SampleQuality[] exact = [.. run.Seeds(plan.SamplerSeeds).Select(seed => Quality(new MixtureScore(LearnerRuns.Ring), kind, times, seed))];
            SampleQuality[] ours = [.. run.Seeds(plan.SamplerSeeds).Select(seed => Quality(learnt, kind, times, seed))];
            rows.Add(Row(Exact, kind, steps, exact, exact));
            rows.Add(Row(name, kind, steps, ours, exact));
        }

        return [.. rows];
    }

    private static SamplerRow Row(string name, SamplerKind kind, int steps, SampleQuality[] ours, SampleQuality[] exact) => new(
        name,
        kind,
        steps,
        Estimate.Mean(ours.Select(one => one.Sliced)),
        Estimate.GeometricMean(ours.Zip(exact).Select(pair => pair.First.Sliced / pair.Second.Sliced)),
        Estimate.Mean(ours.Select(one => one.Energy)),
        Estimate.Mean(ours.Select(one => one.Discrepancy)),
        Estimate.Mean(ours.Select(one => one.Likelihood)));

    private SampleQuality Quality(IScoreModel<double> score, SamplerKind kind, double[] times, int seed)
    {
        MatrixView<double> points = MatrixView.Allocate<double>(plan.Samples, 2);
        MatrixView<double> truth = MatrixView.Allocate<double>(plan.Samples, 2);
        DiffusionSampler.Start(Process.At(times[0]), points, seed, RingVariance);
        DiffusionSampler.Run(Process, score, times, points, new SamplerOptions { Kind = kind }, seed, run.CancellationToken);
        LearnerRuns.Ring.Sample(new Xoshiro256StarStar(unchecked(seed + 7919), threadSafe: false), truth);
        DiffusedMixture law = LearnerRuns.Ring.At(Process.At(0));
        int few = Math.Min(plan.Samples, 500);
        return new SampleQuality(
            SlicedWasserstein.Between(points, truth, SlicedWasserstein.Directions(50, 2, seed: 1)),
            EnergyDistance.Between(points.RowRange(0, few), truth.RowRange(0, few)),
            MeanDiscrepancy.Between(points.RowRange(0, few), truth.RowRange(0, few), 0.5).Unbiased,
            SampleLikelihood.Under(law, points).Mean - SampleLikelihood.Under(law, truth).Mean);
    }

    private readonly record struct SampleQuality(double Sliced, double Energy, double Discrepancy, double Likelihood);
}
