using Kelvin.Conformance;

namespace Kelvin.Tests.Conformance;

public sealed class ToleranceTests
{
    private static readonly Tolerance Elementwise = new(false, false, (0.1, 0.5), (1, 1));

    private static readonly Tolerance Whole = new(false, true, (0.1, 0.5), (1, 1));

    [Fact]
    public void An_entry_may_miss_by_its_own_share_plus_a_constant() =>
        Assert.Equal(2, Elementwise.Error([10, 100], [13, 100], Precision.Double), 1e-12);

    [Fact]
    public void An_array_may_miss_by_a_share_of_its_largest_entry_plus_a_constant() =>
        Assert.Equal(3 / 10.5, Whole.Error([10, -100], [13, -100], Precision.Double), 1e-12);

    [Fact]
    public void Single_precision_has_its_own_tolerance() =>
        Assert.Equal(3 / 11.0, Elementwise.Error([10], [13], Precision.Float), 1e-12);

    [Theory]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, 0)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity, 0)]
    [InlineData(double.NaN, double.NaN, 0)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, 1e308, double.PositiveInfinity)]
    [InlineData(1, double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(1, double.NaN, double.PositiveInfinity)]
    [InlineData(double.NaN, 1, double.PositiveInfinity)]
    [InlineData(0, -0.0, 0)]
    public void Infinity_and_NaN_must_match(double expected, double got, double error)
    {
        Assert.Equal(error, Elementwise.Error([expected], [got], Precision.Double));
        Assert.Equal(error, Whole.Error([expected], [got], Precision.Double));
    }

    [Fact]
    public void An_infinite_entry_does_not_loosen_the_others() =>
        Assert.Equal(1, Whole.Error([5, double.NegativeInfinity], [6, double.NegativeInfinity], Precision.Double));

    [Fact]
    public void Exact_is_exact_and_the_count_must_fit()
    {
        Assert.Equal(0, Tolerance.Exact.Error([3], [3], Precision.Float));
        Assert.Equal(double.PositiveInfinity, Tolerance.Exact.Error([3], [3.0000001], Precision.Float));
        Assert.Equal(double.PositiveInfinity, Elementwise.Error([3], [3, 3], Precision.Double));
    }
}
