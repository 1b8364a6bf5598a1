using CsCheck;
using Kelvin.Datasets;
using Kelvin.Linear;
using Kelvin.Statistics;

namespace Kelvin.Tests.Datasets;

public sealed class FeatureScalingTests
{
    /// <summary>Features that differ from row to row; one that is constant becomes 0, and has a test of its own.</summary>
    private static readonly Gen<MatrixView<double>> Features =
        Gen.Select(Gen.Int[2, 20], Gen.Int[1, 6])
            .SelectMany((n, d) => Gen.Double[-1e3, 1e3].Array[n * d].Select(values => new MatrixView<double>(values, n, d)))
            .Where(x => Enumerable.Range(0, x.Columns).All(j => Column(x, j).Max() > Column(x, j).Min()));

    [Fact]
    public void Standard_features_have_mean_zero_and_deviation_one() => Features.Sample(x =>
    {
        FeatureScaling.Fit(x, ScalingKind.Standard).Apply(x);

        return Enumerable.Range(0, x.Columns).All(j =>
        {
            Moments moments = Moments.Of(Column(x, j));
            return Math.Abs(moments.Mean) < 1e-9 && Math.Abs(moments.PopulationStandardDeviation - 1) < 1e-9;
        });
    });

    [Fact]
    public void Unit_range_features_run_from_zero_to_one() => Features.Sample(x =>
    {
        FeatureScaling.Fit(x, ScalingKind.UnitRange).Apply(x);

        return Enumerable.Range(0, x.Columns).All(j => Column(x, j).Min() == 0 && Math.Abs(Column(x, j).Max() - 1) < 1e-12);
    });

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e200)]
    [InlineData(1e-200)]
    public void Rows_on_the_unit_sphere_have_length_one_whatever_their_size(double size)
    {
        MatrixView<double> x = MatrixView.From(new[,] { { 3 * size, 4 * size }, { 0, 0 } });

        FeatureScaling.Fit(x, ScalingKind.UnitSphere).Apply(x);

        Assert.Equal(0.6, x[0, 0], 1e-15);
        Assert.Equal(0.8, x[0, 1], 1e-15);
        Assert.Equal(0, x[1, 0]);
    }

    [Fact]
    public void Other_rows_are_scaled_by_what_the_training_rows_had()
    {
        FeatureScaling scaling = FeatureScaling.Fit(MatrixView.From(new[,] { { 0.0 }, { 10 } }), ScalingKind.UnitRange);
        MatrixView<double> other = MatrixView.From(new[,] { { 20.0 }, { 5 } });

        scaling.Apply(other);

        Assert.Equal([2, 0.5], other.Span.ToArray());
    }

    [Fact]
    public void A_constant_feature_becomes_zero()
    {
        MatrixView<double> x = MatrixView.From(new[,] { { 7.0 }, { 7 } });

        FeatureScaling.Fit(x, ScalingKind.Standard).Apply(x);

        Assert.Equal([0.0, 0], x.Span.ToArray());
    }

    [Fact]
    public void Without_scaling_nothing_changes_and_the_data_set_is_left_alone()
    {
        Dataset iris = CsvDatasets.Read(Path.Combine(Repository.Root, "data", "iris.csv"));

        Dataset same = FeatureScaling.Fit(iris.Features, ScalingKind.None).Apply(iris);
        FeatureScaling.Fit(iris.Features, ScalingKind.Standard).Apply(iris);

        Assert.Equal(iris.Features.Span.ToArray(), same.Features.Span.ToArray());
        Assert.Equal(5.1, iris.Features[0, 0]);
    }

    [Fact]
    public void A_scale_needs_a_row_and_the_same_features()
    {
        Assert.Throws<ArgumentException>(() => FeatureScaling.Fit(MatrixView.Allocate<double>(0, 2), ScalingKind.Standard));
        Assert.Throws<ArgumentException>(
            () => FeatureScaling.Fit(MatrixView.Allocate<double>(1, 2), ScalingKind.Standard).Apply(MatrixView.Allocate<double>(1, 3)));
    }

    private static double[] Column(MatrixView<double> x, int j) => [.. Enumerable.Range(0, x.Rows).Select(i => x[i, j])];
}
