using Kelvin.Cli.Frame;
using Kelvin.Diffusion;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>Learns the score of the ring of eight from clean and from noisy labels, with growing numbers of examples.</summary>
/// <param name="run">The means.</param>
/// <param name="plan">Times, sizes, seeds.</param>
/// <param name="journal">Keeps every job that is done.</param>
internal sealed class LearnerRuns(LabRun run, DiffusionPlan plan, Journal journal)
{
    /// <summary>The mixture.</summary>
    public static GaussianMixture Ring { get; } = GaussianMixture.Ring();

    /// <summary>The reference's process, β = 1.</summary>
    public static ForwardProcess Process { get; } = ForwardProcess.VariancePreserving(NoiseSchedule.Constant(1));

    /// <summary>Clean labels, then noisy ones.</summary>
    public static IReadOnlyList<bool> LabelKinds { get; } = [true, false];

    /// <summary>Examples to choose by, for so many to fit.</summary>
    public static int HeldOut(int size) => Math.Max(200, size / 2);

    public LearnerCurve[] Learn()
    {
        (Learner Learner, double Time, bool Clean, int Seed)[] jobs =
        [
            .. from learner in Learner.All
               from time in plan.Times
               from clean in LabelKinds
               from seed in run.Seeds(plan.Seeds)
               select (learner, time, clean, seed),
        ];
        double[][] errors = run.Do<double[]>(
            "Learning the score",
            [
                .. jobs.Select(job => (Func<double[]>)(() => journal.Get(
                    FormattableString.Invariant($"learn/{job.Learner.Name}/{job.Time}/{job.Clean}/{job.Seed}"),
                    () => Errors(job.Learner, job.Time, job.Clean, job.Seed)))),
            ]);
        return
        [
            .. jobs.Zip(errors)
                .GroupBy(pair => (pair.First.Learner, pair.First.Time, pair.First.Clean))
                .Select(group => Curve(group.Key.Learner, group.Key.Time, group.Key.Clean, [.. group.Select(pair => pair.Second)])),
        ];
    }

    private LearnerCurve Curve(Learner learner, double time, bool clean, double[][] errors)
    {
        ScalingLaw law = ScalingLaw.Fit([.. plan.Sizes.Select(size => (double)size)], errors);
        return new LearnerCurve(
            learner.Name,
            learner.IsSound,
            time,
            clean,
            [.. plan.Sizes.Select((_, i) => Estimate.GeometricMean(errors.Select(row => row[i])))],
            new Estimate(law.Slope, law.Interval.Low, law.Interval.High));
    }

    private double[] Errors(Learner learner, double time, bool clean, int seed)
    {
        NoiseLevel level = Process.At(time);
        NoisySample fresh = NoisySample.Draw(Ring, level, plan.FreshPoints, unchecked((31 * seed) + 3));
        return
        [
            .. plan.Sizes.Select(size => ScoreError.Relative(
                learner.Fit(
                    NoisySample.Draw(Ring, level, size, unchecked((31 * seed) + 1)),
                    NoisySample.Draw(Ring, level, HeldOut(size), unchecked((31 * seed) + 2)),
                    clean,
                    plan.NetworkSteps,
                    seed),
                fresh)),
        ];
    }
}
