using System.IO.Compression;
using System.Text;
using Kelvin.Datasets;

namespace Kelvin.Tests.Datasets;

public sealed class CsvFaultTests
{
    [Theory]
    [InlineData("a,b,label\n1,2,0\n1,,1\n", 3, "b", "The cell is empty.")]
    [InlineData("a,b,label\n1,2,0\n1,NaN,1\n", 3, "b", "The value is missing ('NaN').")]
    [InlineData("a,b,label\n1,2,0\n\n1,?,1\n", 4, "b", "The value is missing ('?').")]
    [InlineData("a,b,label\n1,2,0\n1,inf,1\n", 3, "b", "'inf' is not a finite number.")]
    [InlineData("a;b;label\n1;2;0\n1;1,5;1\n", 3, "b", "Write decimals with a point.")]
    [InlineData("a,b,label\n1,two,0\n1,2,1\n", 2, "b", "'two' is not a finite number.")]
    [InlineData("a,b,label\n1,2,0\n1,2\n", 3, null, "The row has 2 cells, but must have 3.")]
    [InlineData("a,b,label\n1,2,0\n1,2,3,4\n", 3, null, "The row has 4 cells, but must have 3.")]
    [InlineData("a,b,label\n1,2,0\n1,2,\n", 3, "label", "The label is missing.")]
    [InlineData("a,b,label\n1,2,0.5\n1,2,0.7\n", 2, "label", "not a class but a number with decimals")]
    [InlineData("a,b,label\n1,2,7\n1,2,7\n", null, "label", "Every row has the same label '7'.")]
    [InlineData("a,b,label\n", null, null, "holds no rows")]
    [InlineData("", null, null, "The file is empty.")]
    [InlineData("label\n0\n1\n", null, null, "No column is left for the features.")]
    [InlineData("a,label,label\n1,0,0\n", 1, null, "2 columns are named 'label'.")]
    [InlineData("a,label,label_name\n1,0,x\n2,0,y\n", 3, "label", "named both 'x' and 'y'")]
    [InlineData("a,b,label\n1,\"2,0\n1,2,1\n", 2, null, "A quotation mark is out of place.")]
    public void A_fault_is_named_by_file_line_and_column(string text, int? line, string? column, string problem)
    {
        DatasetException fault = Assert.Throws<DatasetException>(() => CsvText.Read(text));

        Assert.Equal(("data.csv", line, column), (fault.File, fault.Line, fault.Column));
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", fault.Remedy, StringComparison.Ordinal);
        Assert.StartsWith(line is null ? "data.csv" : $"data.csv, line {line}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_the_training_data_did_not_have_is_out_of_range()
    {
        DatasetException fault = Assert.Throws<DatasetException>(
            () => CsvText.Read("a,label\n1,0\n1,10\n", new CsvDatasetOptions { Labels = ["0", "1", "2"] }));

        Assert.Equal("data.csv, line 3, column label: The label '10' is out of range. It must be one of 0, 1, 2.", fault.Message);
    }

    [Fact]
    public void A_column_that_is_not_there_is_answered_with_those_that_are()
    {
        DatasetException fault = Assert.Throws<DatasetException>(
            () => CsvText.Read("a,b\n1,0\n", new CsvDatasetOptions { LabelColumn = "class" }));

        Assert.Contains("Choose one of a, b, or a number from 0 to 1.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_or_is_a_folder_is_said_to_be_so()
    {
        string folder = Path.GetTempPath();

        Assert.Contains("There is no such file.", Fault(Path.Combine(folder, "no such file.csv")), StringComparison.Ordinal);
        Assert.Contains("is a folder", Fault(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Gzip_data_that_are_cut_off_or_damaged_are_no_data()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes("a,label\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i * 7919 % 104729},{i % 3}\n"))));
        byte[] whole = packed.ToArray();
        byte[] damaged = (byte[])whole.Clone();
        damaged.AsSpan(whole.Length / 2, 64).Fill(0xff);

        Assert.Throws<DatasetException>(() => CsvDatasets.Read(new MemoryStream(damaged), "data.csv.gz"));
        Assert.Throws<DatasetException>(() => CsvDatasets.Read(new MemoryStream(whole[..(whole.Length / 2)]), "data.csv.gz"));
    }

    private static string Fault(string path) => Assert.Throws<DatasetException>(() => CsvDatasets.Read(path)).Message;
}
