using System.Globalization;

namespace Kelvin.Tests.Doors;

public sealed class RequireTests
{
    [Fact]
    public void A_message_that_is_not_needed_is_not_built()
    {
        int built = 0;
        int Counted() => ++built;

        Require.That(true, $"{Counted()} is wrong.", "x");
        ArgumentException fault = Assert.Throws<ArgumentException>(() => Require.That(false, $"{Counted()} is wrong.", "x"));

        Assert.StartsWith("1 is wrong.", fault.Message, StringComparison.Ordinal);
        Assert.Equal("x", fault.ParamName);
    }

    [Fact]
    public void Numbers_in_a_message_are_written_in_the_invariant_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();   // a real culture may not be installed
            commas.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = commas;
            Assert.StartsWith("0.5 and 1.25 are", Assert.Throws<ArgumentException>(() => Require.That(false, $"{0.5} and {1.25:0.00} are", "x")).Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
