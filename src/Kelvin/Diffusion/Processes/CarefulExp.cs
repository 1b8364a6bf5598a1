namespace Kelvin.Diffusion;

/// <summary>exp(x) − 1 and log(1 + x) without the cancellation near 0, which .NET's ExpM1 and LogP1 do not avoid.</summary>
/// <remarks>Source: W. Kahan's quotient (Higham, Accuracy and Stability, 2002, section 1.14.1); relative error a few ε.</remarks>
internal static class CarefulExp
{
    /// <summary>exp(x) − 1.</summary>
    public static double MinusOne(double x)
    {
        double u = Math.Exp(x);
        if (u == 1)
            return x;
        double difference = u - 1;
        return difference == -1 || double.IsInfinity(u) ? difference : difference * x / Math.Log(u);
    }

    /// <summary>log(1 + x), x > −1.</summary>
    public static double LogOnePlus(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }
}
