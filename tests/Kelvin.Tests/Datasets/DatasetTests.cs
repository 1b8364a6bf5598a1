using Kelvin.Datasets;
using Kelvin.Linear;

namespace Kelvin.Tests.Datasets;

public sealed class DatasetTests
{
    private static readonly Dataset Data = new(
        "three", MatrixView.From(new[,] { { 1.0, 2 }, { 3, 4 }, { 5, 6 } }), [0, 1, 0], ["x", "y"], ["no", "yes"]);

    [Fact]
    public void A_subset_has_the_chosen_rows_in_the_chosen_order()
    {
        Dataset subset = Data.Subset([2, 0, 2]);

        Assert.Equal([5.0, 6, 1, 2, 5, 6], subset.Features.Span.ToArray());
        Assert.Equal([0, 0, 0], subset.Labels.ToArray());
        Assert.Equal(2, subset.ClassCount);
    }

    [Fact]
    public void A_subset_is_a_copy()
    {
        Dataset subset = Data.Subset([0]);

        FeatureScaling.Fit(Data.Features, ScalingKind.Standard).Apply(Data.Subset([0, 1]));

        Assert.Equal(1, subset.Features[0, 0]);
        Assert.Equal(1, Data.Features[0, 0]);
    }

    [Fact]
    public void Features_in_single_precision_are_rounded_to_nearest()
    {
        var data = new Dataset("one", MatrixView.From(new[,] { { 0.1 }, { 1 } }), [0, 1], ["x"], ["a", "b"]);

        Assert.Equal([0.1f, 1f], data.FeaturesAs<float>().Span.ToArray());
    }

    [Fact]
    public void Sizes_and_labels_must_fit()
    {
        MatrixView<double> features = MatrixView.Allocate<double>(2, 1);

        Assert.Throws<ArgumentException>(() => new Dataset("", features, [0], ["x"], ["a"]));
        Assert.Throws<ArgumentException>(() => new Dataset("", features, [0, 0], ["x", "y"], ["a"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dataset("", features, [0, 1], ["x"], ["a"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dataset("", features, [0, -1], ["x"], ["a"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.Subset([3]));
    }
}
