using Kelvin.Reports.Charts;
using Kelvin.Reports.Pictures;

namespace Kelvin.Reports.Tests.Pictures;

public class PictureSheetTests
{
    [Fact]
    public void Pictures_stand_in_their_rows_and_columns_with_a_clear_line_between()
    {
        PictureSheet sheet = PictureSheet.Of(Grid([[new(2, [0, 1, 2, 3]), new(2, [3, 2, 1, 0])], [new(2, [1, 1, 1, 1])]]));

        Assert.Equal((6, 6), (sheet.Width, sheet.Height));
        Assert.Equal(
            [
                1, 86, 0, 255, 170, 0,
                170, 255, 0, 86, 1, 0,
                0, 0, 0, 0, 0, 0,
                86, 86, 0, 0, 0, 0,
                86, 86, 0, 0, 0, 0,
                0, 0, 0, 0, 0, 0,
            ],
            sheet.Pixels);
    }

    [Fact]
    public void The_ends_of_the_scale_are_those_given_and_hold_what_lies_beyond()
    {
        PictureSheet sheet = PictureSheet.Of(Grid([[new(3, [-5, 0.5, 7])]]) with { Rows = ["0"], Value = new Axis("v") { Min = 0, Max = 1 } });

        Assert.Equal((0.0, 1.0), (sheet.Low, sheet.High));
        Assert.Equal([1, 128, 255], sheet.Pixels[..3]);
    }

    [Fact]
    public void What_is_no_number_is_clear()
    {
        PictureSheet sheet = PictureSheet.Of(Grid([[new(4, [double.NaN, double.PositiveInfinity, 1, 2])]]) with { Rows = ["0"] });

        Assert.Equal([0, 0, 1, 255], sheet.Pixels[..4]);
    }

    [Fact]
    public void Equal_values_are_black_and_none_at_all_are_clear()
    {
        Assert.Equal([1, 1], PictureSheet.Of(Grid([[new(2, [5, 5])]]) with { Rows = ["0"] }).Pixels[..2]);
        Assert.Equal([0, 0], PictureSheet.Of(Grid([[new(2, [double.NaN, double.NaN])]]) with { Rows = ["0"] }).Pixels[..2]);
    }

    [Fact]
    public void Pictures_of_two_sizes_are_refused()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => PictureSheet.Of(Grid([[new(2, [0, 1, 2, 3])], [new(2, [0, 1, 2])]])));

        Assert.StartsWith("A picture of 'grid' has 3 values, but must have 4.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_pictures_than_columns_and_none_at_all_are_refused()
    {
        Picture one = new(1, [1]);

        Assert.Throws<ArgumentException>(() => PictureSheet.Of(Grid([[one, one, one], [one]])));
        Assert.Throws<ArgumentException>(() => PictureSheet.Of(Grid([[one]])));
        Assert.Throws<ArgumentOutOfRangeException>(() => PictureSheet.Of(Grid([[], []])));
        Assert.Throws<ArgumentOutOfRangeException>(() => PictureSheet.Of(Grid([[new(0, [])], [one]])));
    }

    private static PictureGrid Grid(IReadOnlyList<IReadOnlyList<Picture>> pictures) => new()
    {
        Title = "grid",
        Description = "numbers",
        ColumnName = "column",
        Columns = ["0", "1"],
        RowName = "row",
        Rows = ["0", "1"],
        Value = new Axis("v"),
        Pictures = pictures,
    };
}
