namespace Kelvin.Tangents;

/// <summary>Any number of steps of gradient descent with momentum along one eigenvector, as powers of a 3 × 3 matrix.</summary>
/// <remarks>
/// State (u, p, s): the residual's part, the velocity v = Jᵀp and the way so far Σ v = Jᵀs. A step at x = ηκλ is p ← μ p + u, u ← u − x p, s ← s + p.
/// </remarks>
internal static class ModePower
{
    /// <summary>(u, s) after so many steps from u = 1, p = s = 0.</summary>
    public static (double Residual, double Way) At(double x, double momentum, long steps)
    {
        if (momentum == 0)
            return (Shrunk(x, steps), Summed(x, steps));

        double[] power = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        double[] square = [1 - x, -x * momentum, 0, 1, momentum, 0, 1, momentum, 1];
        for (long rest = steps; rest > 0; rest >>= 1)
        {
            if ((rest & 1) == 1)
                power = Product(square, power);
            square = Product(square, square);
        }

        return (power[0], power[6]);
    }

    /// <summary>(1 − x)^k.</summary>
    private static double Shrunk(double x, long steps) => steps == 0 ? 1 : x < 0.5 ? Math.Exp(steps * LogOnePlus(-x)) : Math.Pow(1 - x, steps);

    /// <summary>Σ_{j&lt;k} (1 − x)^j = (1 − (1 − x)^k)/x, and k at x = 0, where the quotient would cancel.</summary>
    private static double Summed(double x, long steps)
    {
        if (x == 0)
            return steps;

        double exponent = x < 0.5 ? steps * LogOnePlus(-x) : double.NaN;
        return Math.Abs(exponent) < 0.5 ? -ExpMinusOne(exponent) / x : (1 - Shrunk(x, steps)) / x;
    }

    /// <summary>log(1 + y) for y > −½, to full accuracy at small y: y·log(w)/(w − 1) with w = 1 + y rounded.</summary>
    private static double LogOnePlus(double y)
    {
        double w = 1 + y;
        return w == 1 ? y : y * (Math.Log(w) / (w - 1));
    }

    /// <summary>exp(y) − 1 for |y| &lt; ½, to full accuracy at small y: (w − 1)·y/log w with w = exp(y) rounded.</summary>
    private static double ExpMinusOne(double y)
    {
        double w = Math.Exp(y);
        return w == 1 ? y : (w - 1) * (y / Math.Log(w));
    }

    private static double[] Product(double[] a, double[] b)
    {
        double[] product = new double[9];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
                product[(3 * i) + j] = (a[3 * i] * b[j]) + (a[(3 * i) + 1] * b[3 + j]) + (a[(3 * i) + 2] * b[6 + j]);
        }

        return product;
    }
}
