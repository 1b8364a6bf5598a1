using Kelvin.Cli.Demo;
using Kelvin.Networks;
using Kelvin.Softmax;

namespace Kelvin.Cli.Tests.Demo;

public sealed class RunVerdictTests
{
    [Fact]
    public void A_loss_that_falls_is_a_good_ending()
    {
        Assert.Equal(new RunVerdict(RunEnding.Good, null, RunEnding.Good), Judge([2, 1, 0.5]));
    }

    [Fact]
    public void A_loss_that_stays_has_learnt_nothing()
    {
        Assert.Equal(RunEnding.Unfitted, Judge([2, 2, 1.9]).Ending);
    }

    [Fact]
    public void The_first_step_above_ten_times_the_best_so_far_counts()
    {
        Assert.Equal(new RunVerdict(RunEnding.FarAboveBest, 3, RunEnding.FarAboveBest), Judge([2, 1, 10.1, 50]));
        Assert.Null(Judge([2, 1, 10, 9]).Step);
    }

    [Fact]
    public void A_run_that_recovers_is_not_bad_but_the_step_is_kept()
    {
        RunVerdict verdict = Judge([2, 30, 1]);

        Assert.False(verdict.IsBad);
        Assert.Equal(2, verdict.Step);
    }

    [Fact]
    public void A_run_that_ends_non_finite_may_have_been_seen_to_be_lost_before()
    {
        Assert.Equal(new RunVerdict(RunEnding.NonFinite, 2, RunEnding.FarAboveBest), Judge([2, 30, double.NaN]));
    }

    [Fact]
    public void A_one_hot_softmax_without_gradient_is_dead()
    {
        Assert.Equal(new RunVerdict(RunEnding.DeadOneHot, 2, RunEnding.DeadOneHot), Judge([2, 3], gradients: [1, 9e-7], probabilities: [0.1, 0.995]));
        Assert.Equal(RunEnding.Unfitted, Judge([2, 3], gradients: [1, 9e-7], probabilities: [0.1, 0.985]).Ending);
        Assert.Equal(RunEnding.Unfitted, Judge([2, 3], gradients: [1, 2e-6], probabilities: [0.1, 0.995]).Ending);
    }

    private static RunVerdict Judge(double[] losses, double[]? gradients = null, double[]? probabilities = null)
    {
        var record = new RunRecord(new TrainingOptions(), rows: 32);
        for (int i = 0; i < losses.Length; i++)
        {
            record.OnStep(new TrainingStep
            {
                Step = i + 1,
                Epoch = 0,
                Loss = losses[i],
                LearningRate = 0.1,
                GradientNorm = gradients?[i] ?? 1,
                UpdateRatio = 0.01,
                WeightNorm = 1,
                DeadShare = double.NaN,
                NonFinite = 0,
                Hidden = SoftmaxSummary.Of([]) with { MaxProbability = probabilities?[i] ?? double.NaN },
                Output = SoftmaxSummary.Of([]),
            });
        }

        return RunVerdict.Of(record);
    }
}
