using Kelvin.Diffusion;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>Bounds the score error of learnt scores of the ring, and repeats it to see how often the bound holds.</summary>
/// <param name="run">The means.</param>
/// <param name="plan">Times, draws, repetitions.</param>
internal sealed class BoundRuns(LabRun run, DiffusionPlan plan)
{
    private const int Examples = 100;
    private const int DrawsRepeated = 3000;
    private const int DrawsForTruth = 200_000;

    public BoundRow[] Bound() => run.Do<BoundRow>(
        "Bounding the error",
        [
            .. from learner in Learner.All.Take(2)
               from time in plan.Times
               select (Func<BoundRow>)(() => Row(learner, time)),
        ]);

    private BoundRow Row(Learner learner, double time)
    {
        NoiseLevel level = LearnerRuns.Process.At(time);
        NoisySample Draw(int rows, int seed) => NoisySample.Draw(LearnerRuns.Ring, level, rows, unchecked((plan.Seed * 7001) + seed));
        var predictor = new ClippedPredictor(learner.Fit(Draw(Examples, 1), Draw(LearnerRuns.HeldOut(Examples), 2), false, plan.NetworkSteps, plan.Seed), Math.Sqrt(2) + 3);
        ScoreBound bound = ScoreBound.OfScore(predictor, Draw(plan.BoundDraws, 3));
        if (plan.CoverageRuns == 0)
            return new BoundRow(learner.Name, time, bound, double.NaN, double.NaN);

        double truth = ScoreBound.OfScore(predictor, Draw(DrawsForTruth, 4)).Measured;
        ScoreBound[] repeated = [.. Enumerable.Range(0, plan.CoverageRuns).Select(i => Repeat(predictor, Draw(DrawsRepeated, 10 + i)))];
        double[] ratios = [.. repeated.Select(one => one.Ratio).Order()];
        return new BoundRow(learner.Name, time, bound, repeated.Average(one => one.Bound >= truth ? 1.0 : 0), ratios[ratios.Length / 2]);
    }

    private ScoreBound Repeat(ClippedPredictor predictor, NoisySample draws)
    {
        run.CancellationToken.ThrowIfCancellationRequested();
        return ScoreBound.OfScore(predictor, draws);
    }
}
