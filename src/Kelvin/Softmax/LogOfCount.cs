namespace Kelvin.Softmax;

/// <summary>log k; looked up for small k, since many rows share one length.</summary>
internal static class LogOfCount
{
    private static readonly double[] Small = [.. Enumerable.Range(0, 2048).Select(k => Math.Log(k))];

    public static double Of(int count) => count < Small.Length ? Small[count] : Math.Log(count);
}
