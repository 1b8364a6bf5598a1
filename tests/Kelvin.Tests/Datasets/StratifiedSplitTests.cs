using CsCheck;
using Kelvin.Datasets;

namespace Kelvin.Tests.Datasets;

public sealed class StratifiedSplitTests
{
    private static readonly Gen<(int[] Labels, double Train, double Validation, int Seed)> Case =
        Gen.Select(Gen.Int[0, 4].Array[1, 200], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int)
            .Select((labels, a, b, seed) => (labels, Math.Min(a, b), Math.Abs(a - b), seed));

    [Fact]
    public void Every_row_is_in_exactly_one_part() => Case.Sample(c =>
    {
        StratifiedSplit split = StratifiedSplit.Make(c.Labels, c.Train, c.Validation, 1 - c.Train - c.Validation, c.Seed);

        return Enumerable.Range(0, c.Labels.Length).SequenceEqual(split.Train.Concat(split.Validation).Concat(split.Test).Order());
    });

    [Fact]
    public void Every_part_has_its_share_of_every_class_to_within_one_row() => Case.Sample(c =>
    {
        StratifiedSplit split = StratifiedSplit.Make(c.Labels, c.Train, c.Validation, 1 - c.Train - c.Validation, c.Seed);

        return Enumerable.Range(0, 5).All(label =>
        {
            double all = c.Labels.Count(y => y == label);
            return Math.Abs(split.Train.Count(i => c.Labels[i] == label) - (all * c.Train)) < 1 + 1e-6
                && Math.Abs(split.Validation.Count(i => c.Labels[i] == label) - (all * c.Validation)) < 1 + 1e-6;
        });
    });

    [Fact]
    public void Parts_are_as_large_as_their_shares_over_all_classes()
    {
        int[] labels = [.. Enumerable.Range(0, 1797).Select(i => i % 10)];

        StratifiedSplit split = StratifiedSplit.Make(labels, 0.6, 0.2, 0.2, seed: 1);

        Assert.InRange(split.Train.Length, 1076, 1080);
        Assert.InRange(split.Validation.Length, 358, 361);
    }

    [Fact]
    public void The_same_seed_gives_the_same_split_and_another_seed_another()
    {
        int[] labels = [.. Enumerable.Range(0, 100).Select(i => i % 2)];

        int[] one = StratifiedSplit.Make(labels, 0.5, 0, 0.5, seed: 1).Train;
        int[] again = StratifiedSplit.Make(labels, 0.5, 0, 0.5, seed: 1).Train;
        int[] two = StratifiedSplit.Make(labels, 0.5, 0, 0.5, seed: 2).Train;

        Assert.Equal(one, again);
        Assert.NotEqual(one, two);
    }

    [Fact]
    public void Shares_must_add_up_to_one()
    {
        Assert.Throws<ArgumentException>(() => StratifiedSplit.Make([0, 1], 0.5, 0.2, 0.2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedSplit.Make([0, 1], 1.5, -0.5, 0, 0));
        Assert.Throws<ArgumentException>(() => StratifiedSplit.Make([], 1, 0, 0, 0));
    }
}
