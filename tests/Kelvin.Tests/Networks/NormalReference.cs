namespace Kelvin.Tests.Networks;

/// <summary>Φ and the smooth units built on it, by series and continued fraction in 28 digits: slow, and obviously right to 3·2⁻⁵³.</summary>
internal static class NormalReference
{
    private const decimal RootTwoPi = 2.5066282746310005024157652848m;

    public static double Gelu(double x) => x < 0 ? x * Tail(-x) : x * (1 - Tail(x));

    public static double GeluSlope(double x) => (x < 0 ? Tail(-x) : 1 - Tail(x)) + (x * Bell(x) / (double)RootTwoPi);

    /// <summary>Φ(−x), x ≥ 0.</summary>
    public static double Tail(double x) => (double)Scaled(Exact(x)) * Bell(x);

    /// <summary>x to 28 digits; a cast alone keeps 15.</summary>
    private static decimal Exact(double x)
    {
        const long Scale = 1L << 30;
        long high = (long)(x * Scale);
        return ((decimal)high / Scale) + (decimal)(x - ((double)high / Scale));
    }

    /// <summary>exp(−x²/2), with the rounding of x² put back.</summary>
    private static double Bell(double x)
    {
        double square = x * x;
        double lost = Math.FusedMultiplyAdd(x, x, -square);
        return Math.Exp(-square / 2) * (1 - (lost / 2));
    }

    /// <summary>Φ(−x) exp(x²/2): ½ exp(x²/2) − Σ x^(2n + 1)/((2n + 1)!! √(2π)) near 0, Mills's continued fraction further out.</summary>
    private static decimal Scaled(decimal x)
    {
        if (x > 4)
        {
            decimal fraction = 0;
            for (int k = 400; k >= 1; k--)
                fraction = k / (x + fraction);
            return 1 / ((x + fraction) * RootTwoPi);
        }

        decimal half = x * x / 2;
        decimal exp = 1, odd = 0, power = 1, term = x;
        for (int n = 1; n < 120; n++)
        {
            power *= half / n;
            exp += power;
            odd += term;
            term *= x * x / ((2 * n) + 1);
        }

        return (exp / 2) - (odd / RootTwoPi);
    }
}
