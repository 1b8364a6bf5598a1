using Kelvin.Datasets;

namespace Kelvin.Tests.Datasets;

public sealed class LogitTableTests
{
    private const string Small = "split,label,z0,z1,z2\ncalibration,2,0.5,-inf,1\ntest,0,1,2,3\ncalibration,1,4,5,6\n";

    [Fact]
    public void Every_column_but_label_and_split_is_a_class()
    {
        LogitTable table = Read(Small);

        Assert.Equal(["z0", "z1", "z2"], table.ClassNames);
        Assert.Equal([0.5, double.NegativeInfinity, 1], table.Logits.Row(0).ToArray());
        Assert.Equal([2, 0, 1], table.Labels.ToArray());
        Assert.Equal(["calibration", "test"], table.Splits);
    }

    [Fact]
    public void A_part_holds_the_rows_of_its_split_in_their_order()
    {
        LogitTable part = Read(Small).Part("calibration");

        Assert.Equal([2, 1], part.Labels.ToArray());
        Assert.Equal([4.0, 5, 6], part.Logits.Row(1).ToArray());
        Assert.Equal(["calibration"], part.Splits);
    }

    [Fact]
    public void A_split_that_is_not_there_is_answered_with_those_that_are()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => Read(Small).Part("train"));

        Assert.Contains("there are calibration, test", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_header_the_last_column_is_the_label()
    {
        LogitTable table = Read("0.5,1.5,1\n2.5,3.5,0\n");

        Assert.Equal([1, 0], table.Labels.ToArray());
        Assert.Empty(table.Splits);
    }

    [Theory]
    [InlineData("label,z0,z1\n2,0,1\n", 2, "label", "The label 2 is out of range. It must be a whole number from 0 to 1")]
    [InlineData("label,z0,z1\n-1,0,1\n", 2, "label", "The label -1 is out of range.")]
    [InlineData("label,z0,z1\ncat,0,1\n", 2, "label", "The label 'cat' is not a class.")]
    [InlineData("label,z0,z1\n0,nan,1\n", 2, "z0", "The value is missing ('nan').")]
    [InlineData("label,z0,z1\n0,inf,1\n", 2, "z0", "'inf' is not a finite number.")]
    [InlineData("label,z0,z1\n0,-inf,1\n", 2, "z0", "The logit of the true class is −∞")]
    [InlineData("label,z0\n0,1\n", null, null, "There are 1 columns of logits.")]
    [InlineData("label,z0,z1\n", null, null, "holds no rows")]
    public void A_fault_is_named_by_file_line_and_column(string text, int? line, string? column, string problem)
    {
        DatasetException fault = Assert.Throws<DatasetException>(() => Read(text));

        Assert.Equal(("logits.csv", line, column), (fault.File, fault.Line, fault.Column));
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
    }

    private static LogitTable Read(string text) => LogitTable.Read(CsvText.Stream(text), "logits.csv");
}
