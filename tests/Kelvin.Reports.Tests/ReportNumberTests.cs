namespace Kelvin.Reports.Tests;

public class ReportNumberTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(5, "5")]
    [InlineData(1797, "1797")]
    [InlineData(12345, "12\u202f345")]
    [InlineData(1234.5, "1234")]
    [InlineData(99.96, "100")]
    [InlineData(12.345, "12.3")]
    [InlineData(9.996, "10.0")]
    [InlineData(0.98, "0.980")]
    [InlineData(0.0012345, "0.00123")]
    [InlineData(-0.5, "−0.500")]
    [InlineData(0.00012, "1.20×10⁻⁴")]
    [InlineData(1234567, "1.23×10⁶")]
    [InlineData(-2.5e-17, "−2.50×10⁻¹⁷")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void A_number_is_written_in_three_significant_digits(double value, string expected) =>
        Assert.Equal(expected, ReportNumber.Format(value));

    [Theory]
    [InlineData(0.97812, "97.8 %")]
    [InlineData(1, "100 %")]
    [InlineData(0, "0 %")]
    [InlineData(0.00012, "0.0120 %")]
    public void A_share_is_written_in_per_cent(double value, string expected) =>
        Assert.Equal(expected, ReportNumber.Format(value, NumberForm.Percent));

    [Fact]
    public void A_rounded_zero_carries_no_sign() =>
        Assert.Equal("0", ReportNumber.Format(-0.2, NumberForm.Whole));

    [Fact]
    public void The_full_value_reads_back_as_the_same_number() =>
        CsCheck.Check.Sample(CsCheck.Gen.Double, value =>
            double.Parse(ReportNumber.Full(value), System.Globalization.CultureInfo.InvariantCulture).Equals(value));
}
