using Kelvin.Inspection.Sites;
using Kelvin.Softmax;

namespace Kelvin.Inspection.Tests.Sites;

public sealed class HeadJudgeTests
{
    [Fact]
    public void A_head_that_copies_the_key_of_its_place_is_collapsed_and_saturated_but_no_sink() =>
        Assert.Equal([HeadState.Collapsed, HeadState.Saturated], States((query, key) => key == query ? 30 : 0));

    [Fact]
    public void A_head_that_always_looks_at_the_first_key_is_a_sink() =>
        Assert.Equal([HeadState.SinkDominated], States((_, key) => key == 0 ? 3.5 : 0));

    [Fact]
    public void Equal_logits_are_uniform() => Assert.Equal([HeadState.Uniform], States((_, _) => 0.7));

    [Fact]
    public void A_head_with_moderate_logits_is_healthy() => Assert.Empty(States((query, key) => 1.5 * Math.Sin((3 * query) + (5 * key))));

    [Fact]
    public void A_causal_uniform_head_is_no_sink_though_the_first_key_gets_most() =>
        Assert.Equal([HeadState.Uniform], States((query, key) => key <= query ? 0 : double.NegativeInfinity));

    [Fact]
    public void Rows_without_a_choice_judge_nothing()
    {
        var tally = new HeadTally(3);
        double[] row = [2, double.NegativeInfinity, double.NegativeInfinity];
        Add(tally, row);

        HeadVitals head = tally.Describe(0, hasLogits: true);

        Assert.Empty(HeadJudge.Judge(head));
        Assert.Equal((1, 0), (head.Rows, head.RowsWithChoice));
        Assert.Equal(2, head.Room.MaxLogit);
        Assert.Equal(98, head.Room.ToQkClip);
    }

    [Fact]
    public void Masked_and_broken_rows_are_counted_and_left_out_of_the_means()
    {
        var tally = new HeadTally(2);
        Add(tally, [0, 0]);
        Add(tally, [double.NegativeInfinity, double.NegativeInfinity]);
        Add(tally, [double.NaN, 0]);

        HeadVitals head = tally.Describe(0, hasLogits: true);

        Assert.Equal((3, 1, 1, 1), (head.Rows, head.RowsWithChoice, head.MaskedRows, head.NonFiniteRows));
        Assert.Equal(Math.Log(2), head.Entropy.Mean, 1e-12);
    }

    [Fact]
    public void A_distribution_of_nothing_is_NaN_and_of_one_value_is_that_value()
    {
        Assert.True(double.IsNaN(Distribution.Of([double.NaN, double.PositiveInfinity]).Mean));
        Assert.Equal(new Distribution(1, 3, 3, 3, 3, 3, 3), Distribution.Of([3]));
    }

    private static IReadOnlyList<HeadState> States(Func<int, int, double> logit)
    {
        const int Keys = 12;
        var tally = new HeadTally(Keys);
        for (int query = 0; query < Keys; query++)
            Add(tally, [.. Enumerable.Range(0, Keys).Select(key => logit(query, key))]);
        return HeadJudge.Judge(tally.Describe(0, hasLogits: true));
    }

    private static void Add(HeadTally tally, double[] row)
    {
        double[] p = new double[row.Length];
        SoftmaxStatistics statistics = TemperedSoftmax.Forward(row, 1, p);
        tally.Add(statistics, row, p);
    }
}
