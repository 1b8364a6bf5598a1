using System.Globalization;
using System.Runtime.CompilerServices;

namespace Kelvin.Reports;

/// <summary>The checks at the door: what it is, what it must be, what to do.</summary>
internal static class Require
{
    public static void AtLeast(int value, int least, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < least)
        {
            throw new ArgumentOutOfRangeException(
                name, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, but must be at least {least}."));
        }
    }

    public static void SameCount(string owner, string what, int count, int expected)
    {
        if (count != expected)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{owner} has {count} {what}, but must have {expected}."), what);
        }
    }
}
