namespace Kelvin.Cli.Demo;

/// <summary>What became of a run, and the first step at which one could know it.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Step">The first step at which any of the criteria for a bad ending was true; null if none ever was.</param>
/// <param name="First">Which of them that was; the ending itself if none was.</param>
internal readonly record struct RunVerdict(RunEnding Ending, long? Step, RunEnding First)
{
    private const double FarAbove = 10;
    private const double OneHot = 0.99;
    private const double Dead = 1e-6;
    private const double Learnt = 0.8;

    /// <summary>Whether the run is lost.</summary>
    public bool IsBad => Ending is RunEnding.NonFinite or RunEnding.FarAboveBest or RunEnding.DeadOneHot;

    /// <summary>Judges a run by its course; the criteria are those of the acceptance test, at each step with what was known by then.</summary>
    public static RunVerdict Of(RunRecord run)
    {
        double best = double.PositiveInfinity;
        long? step = null;
        RunEnding? first = null;
        var ending = RunEnding.Good;
        for (int i = 0; i < run.Loss.Count; i++)
        {
            ending = At(run, i, best);
            if (ending is not (RunEnding.Good or RunEnding.Unfitted) && step is null)
                (step, first) = (i + 1, ending);
            best = Math.Min(best, run.Loss[i]);
        }

        return new RunVerdict(ending, step, first ?? ending);
    }

    private static RunEnding At(RunRecord run, int i, double best)
    {
        if (!double.IsFinite(run.Loss[i]) || run.NonFinite[i] > 0)
            return RunEnding.NonFinite;
        if (run.MaxProbability[i] > OneHot && run.GradientNorm[i] < Dead * run.GradientNorm[0])
            return RunEnding.DeadOneHot;
        if (run.Loss[i] > FarAbove * best)
            return RunEnding.FarAboveBest;
        return run.Loss[i] > Learnt * run.Loss[0] ? RunEnding.Unfitted : RunEnding.Good;
    }
}
