using Kelvin.Reports.Charts;

namespace Kelvin.Reports.Tests.Charts;

public class ChartDataTests
{
    [Fact]
    public void What_is_not_finite_is_null_in_the_option()
    {
        string option = Option(Line([1, double.NaN, double.PositiveInfinity, double.NegativeInfinity]));

        Assert.Contains("[[0,1],[1,null],[2,null],[3,null]]", option, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_says_how_many_values_it_leaves_out()
    {
        ChartView view = Line([1, double.NaN, 0, -1], AxisScale.Logarithmic).Draw();

        Assert.Equal(["Not finite and left as gaps: 1 value.", "Not on the logarithmic axis: 2 values ≤ 0."], view.Notes);
    }

    [Fact]
    public void Drawn_numbers_have_nine_significant_digits() =>
        Assert.Contains("0.333333333]", Option(Line([1 / 3.0])), StringComparison.Ordinal);

    [Fact]
    public void An_activation_has_its_own_colour_and_sign_whatever_its_place()
    {
        var looks = new SeriesLook();
        looks.Add("something", null);
        looks.Add("ReLU", null);
        looks.Add("softmax", null);

        Assert.Equal((Palette.Relu, 2), (looks.Color("ReLU"), looks.Symbol("ReLU")));
        Assert.Equal((Palette.Softmax, 0), (looks.Color("softmax"), looks.Symbol("softmax")));
    }

    [Fact]
    public void A_line_with_fewer_values_than_places_is_refused()
    {
        LineChart chart = Line([1]) with { Series = [new LineSeries("exp", [0, 1], [1])] };

        ArgumentException error = Assert.Throws<ArgumentException>(chart.Draw);

        Assert.StartsWith("The line 'exp' has 1 values, but must have 2.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_histogram_of_values_counts_each_finite_one_once()
    {
        HistogramSeries histogram = HistogramSeries.Of("x", [0, 0.25, 0.5, 1, double.NaN, double.PositiveInfinity], 2);

        Assert.Equal([0, 0.5, 1], histogram.Edges);
        Assert.Equal([2, 2], histogram.Counts);
    }

    [Fact]
    public void A_histogram_of_nothing_is_empty_over_the_unit_interval()
    {
        HistogramSeries histogram = HistogramSeries.Of("x", [double.NaN], 2);

        Assert.Equal([0, 0.5, 1], histogram.Edges);
        Assert.Equal([0, 0], histogram.Counts);
    }

    [Fact]
    public void Empty_charts_can_be_drawn()
    {
        var x = new Axis("x");
        Chart[] charts =
        [
            Line([]) with { Series = [] },
            new BarChart { Title = "t", CategoryName = "c", Caption = "c", Categories = [], Value = x, Series = [] },
            new ScatterChart { Title = "t", Caption = "c", X = x, Y = x, Series = [] },
            new HistogramChart { Title = "t", Caption = "c", X = x, Series = [] },
            new HeatmapChart { Title = "t", Caption = "c", ColumnName = "c", RowName = "r", Columns = [], Rows = [], Value = x, Values = [] },
            new ReliabilityChart { Title = "t", Caption = "c", Series = [new("before", [])] },
            new SmallMultiples { Title = "t", Caption = "c", X = x, Y = x, Panels = [new("p", [new("s", [], [])])] },
        ];

        string html = HtmlReport.Render(new ReportPage { Title = "t", Sections = [new("s", charts)] });

        Assert.Equal(charts.Length, html.Split("<figure class=\"chart").Length - 1);
    }

    private static string Option(LineChart chart) => chart.Draw().Panels[0].Option.ToJsonString();

    private static LineChart Line(double[] y, AxisScale scale = AxisScale.Linear) => new()
    {
        Title = "t",
        Caption = "c",
        X = new Axis("Step"),
        Y = new Axis("Loss") { Scale = scale },
        Series = [new LineSeries("a", [.. y.Select((_, i) => (double)i)], y)],
    };
}
