using Kelvin.Datasets;

namespace Kelvin.Tests.Datasets;

public sealed class BuiltInDataTests
{
    [Theory]
    [InlineData("digits.csv.gz", 1797, 64, 10)]
    [InlineData("iris.csv", 150, 4, 3)]
    [InlineData("wine.csv", 178, 13, 3)]
    [InlineData("breast_cancer.csv", 569, 30, 2)]
    public void The_data_in_the_repository_have_the_sizes_their_sources_state(string file, int rows, int features, int classes)
    {
        Dataset data = CsvDatasets.Read(Path.Combine(Repository.Root, "data", file));

        Assert.Equal((rows, features, classes), (data.Rows, data.FeatureCount, data.ClassCount));
        Assert.Equal(classes, data.Labels.ToArray().Distinct().Count());
    }

    [Fact]
    public void The_first_iris_is_a_setosa_of_the_published_size()
    {
        Dataset iris = CsvDatasets.Read(Path.Combine(Repository.Root, "data", "iris.csv"));

        Assert.Equal("iris", iris.Name);
        Assert.Equal(["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"], iris.FeatureNames);
        Assert.Equal(["setosa", "versicolor", "virginica"], iris.ClassNames);
        Assert.Equal([5.1, 3.5, 1.4, 0.2], iris.Features.Row(0).ToArray());
        Assert.Equal(0, iris.Labels.Span[0]);
    }
}
