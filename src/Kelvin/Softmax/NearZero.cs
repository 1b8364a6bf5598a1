namespace Kelvin.Softmax;

/// <summary>log(1 + x) and exp(x) − 1 without the cancellation near 0, which .NET's LogP1 and ExpM1 do not avoid.</summary>
/// <remarks>Relative error ≤ 5·2⁻⁵³. Source: Kahan; Higham, Accuracy and Stability of Numerical Algorithms, section 1.14.</remarks>
internal static class NearZero
{
    /// <summary>log(1 + x), x &gt; −1.</summary>
    public static double LogOnePlus(double x)
    {
        double w = 1 + x;
        return w == 1 || double.IsPositiveInfinity(x) ? x : Math.Log(w) * (x / (w - 1));
    }

    /// <summary>exp(x) − 1.</summary>
    public static double ExpMinusOne(double x)
    {
        double e = Math.Exp(x);
        if (e == 1)
            return x;
        double m = e - 1;
        return Math.Abs(x) > 1 ? m : m * (x / Math.Log(e));
    }
}
