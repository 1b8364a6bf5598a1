using System.IO.Compression;
using System.Text;
using Kelvin.Datasets;

namespace Kelvin.Tests.Datasets;

public sealed class CsvDatasetsTests
{
    private const string Small = "a,b,label\n1,2,0\n3,4,1\n";

    [Fact]
    public void A_header_names_features_and_the_label_column()
    {
        Dataset data = CsvText.Read(Small);

        Assert.Equal(["a", "b"], data.FeatureNames);
        Assert.Equal([1.0, 2, 3, 4], data.Features.Span.ToArray());
        Assert.Equal([0, 1], data.Labels.ToArray());
        Assert.Equal("data", data.Name);
    }

    [Theory]
    [InlineData("1,2,x\n3,4,y\n")]
    [InlineData("1;2;x\r\n3;4;y\r\n")]
    [InlineData("1\t2\tx\n3\t4\ty")]
    [InlineData("\uFEFF1, 2, x\n\n3, 4, y\n\n")]
    [InlineData("\"1\",\"2\",\"x\"\n\"3\",\"4\",\"y\"\n")]
    public void A_file_without_header_has_its_label_in_the_last_column(string text)
    {
        Dataset data = CsvText.Read(text);

        Assert.Equal([1.0, 2, 3, 4], data.Features.Span.ToArray());
        Assert.Equal(["x", "y"], data.ClassNames);
        Assert.Equal(["column1", "column2"], data.FeatureNames);
    }

    [Fact]
    public void A_header_of_numbers_is_taken_for_one_when_told_so()
    {
        Dataset data = CsvText.Read("0,1,2\n5,6,a\n7,8,b\n", new CsvDatasetOptions { Header = CsvHeader.Present });

        Assert.Equal(["0", "1"], data.FeatureNames);
        Assert.Equal(2, data.Rows);
    }

    [Fact]
    public void A_label_may_stand_in_any_column_by_name_or_number()
    {
        const string text = "kind,id,x\nb,17,0.5\na,18,1.5\n";

        Dataset byName = CsvText.Read(text, new CsvDatasetOptions { LabelColumn = "KIND", IgnoredColumns = ["id"] });
        Dataset byNumber = CsvText.Read(text, new CsvDatasetOptions { LabelColumn = "0", IgnoredColumns = ["-2"] });

        Assert.Equal([1, 0], byName.Labels.ToArray());
        Assert.Equal([0.5, 1.5], byName.Features.Span.ToArray());
        Assert.Equal(byName.Labels.ToArray(), byNumber.Labels.ToArray());
        Assert.Equal(byName.FeatureNames, byNumber.FeatureNames);
    }

    [Fact]
    public void Integer_labels_keep_their_order_and_text_labels_take_the_alphabet()
    {
        Assert.Equal(["2", "9", "10"], CsvText.Read("x,label\n0,10\n0,9\n0,2.0\n").ClassNames);
        Assert.Equal(["ant", "bee", "cat"], CsvText.Read("x,label\n0,cat\n0,ant\n0,bee\n").ClassNames);
    }

    [Fact]
    public void A_second_file_takes_its_classes_from_the_first()
    {
        Dataset test = CsvText.Read("x,label\n0,cat\n0,ant\n", new CsvDatasetOptions { Labels = ["ant", "bee", "cat"] });

        Assert.Equal([2, 0], test.Labels.ToArray());
        Assert.Equal(3, test.ClassCount);
    }

    [Fact]
    public void Gzip_is_known_by_its_first_bytes_whatever_the_name()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Small));
        packed.Position = 0;

        Assert.Equal(2, CsvDatasets.Read(packed, "data.csv").Rows);
    }

    [Fact]
    public void The_same_numbers_are_read_whatever_the_delimiter()
    {
        const string text = "a|b|label\n1.5|-2e3|0\n3|4|1\n";

        Assert.Equal([1.5, -2000, 3, 4], CsvText.Read(text, new CsvDatasetOptions { Delimiter = '|' }).Features.Span.ToArray());
    }
}
