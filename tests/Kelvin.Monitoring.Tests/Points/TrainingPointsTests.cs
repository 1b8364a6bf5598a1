using Kelvin.Networks;
using Kelvin.Softmax;

namespace Kelvin.Monitoring.Tests.Points;

public sealed class TrainingPointsTests
{
    private static readonly TrainingStep Step = new()
    {
        Step = 7, Epoch = 0, Loss = 2, LearningRate = 0.1, GradientNorm = 3, UpdateRatio = 0.03, WeightNorm = 10, DeadShare = double.NaN,
        NonFinite = 0, Hidden = SoftmaxSummary.Of([]), Output = SoftmaxSummary.Of([]),
    };

    [Fact]
    public void A_step_becomes_points_of_the_canonical_series()
    {
        Point[] points = Write(Step with { DeadShare = 0.25 }, lossScale: null);

        Assert.Equal(
            [
                new(Vitals.TrainLoss, 7, 2), new(Vitals.LearningRate, 7, 0.1), new(Vitals.GradientNorm, 7, 3), new(Vitals.GradientNonFinite, 7, 0),
                new(Vitals.WeightNorm, 7, 10), new(Vitals.UpdateRatio, 7, 0.03), new(new Series(Vitals.DeadShare, Layer: 0), 7, 0.25),
            ],
            points);
    }

    [Fact]
    public void What_a_network_does_not_have_is_left_out_and_what_it_has_is_kept_even_as_NaN()
    {
        SoftmaxSummary broken = SoftmaxSummary.Of([TemperedSoftmax.Statistics([double.NaN, 1.0], 1)]);

        Assert.DoesNotContain(Write(Step, null), point => double.IsNaN(point.Value));
        Assert.Contains(Write(Step with { Hidden = broken }, null), point => point.Series == new Series(Vitals.MaxProbability, Layer: 0) && double.IsNaN(point.Value));
        Assert.DoesNotContain(Write(Step with { UpdateRatio = double.NaN }, null), point => point.Series.Name == Vitals.UpdateRatio);
        Assert.DoesNotContain(Write(Step with { WeightNorm = 0, UpdateRatio = double.PositiveInfinity }, null), point => point.Series.Name == Vitals.UpdateRatio);
    }

    [Theory]
    [InlineData(1, 0.03, 0.45)]     // 3 · 0.3 / 2
    [InlineData(10, 0.03, 0.045)]   // the gradient is of a sum over ten examples
    [InlineData(1, 0.01, 0.15)]     // clipped to a third
    public void The_promised_decrease_is_gradient_times_update_over_loss(double lossScale, double updateRatio, double expected)
    {
        Point promised = Write(Step with { UpdateRatio = updateRatio }, lossScale).Single(point => point.Series.Name == Vitals.PromisedDecrease);

        Assert.Equal(expected, promised.Value, 12);
    }

    [Fact]
    public void Momentum_moves_further_than_the_gradient_and_gets_no_promised_decrease() =>
        Assert.DoesNotContain(Write(Step with { UpdateRatio = 0.05 }, 1), point => point.Series.Name == Vitals.PromisedDecrease);

    [Fact]
    public void Too_little_room_is_refused()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => TrainingPoints.Write(Step, new Point[3]));

        Assert.Contains("has room for 3, but a step may need 24", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Series_show_their_attributes() =>
        Assert.Equal("softmax.logit.max{layer=3,head=7}", new Series(Vitals.LogitMax, Layer: 3, Head: 7).ToString());

    private static Point[] Write(TrainingStep step, double? lossScale)
    {
        Point[] points = new Point[TrainingPoints.MaxPoints];
        return points[..TrainingPoints.Write(step, points, lossScale)];
    }
}
