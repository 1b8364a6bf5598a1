namespace Kelvin.Transformers.Attention;

/// <summary>The slopes with which ALiBi models are trained.</summary>
public static class AlibiSlopes
{
    /// <summary>Slope of each head.</summary>
    /// <param name="heads">Number of heads n, at least 1.</param>
    /// <remarks>
    /// <para>For n a power of two: 2^(−8h/n), h = 1 … n. Otherwise those of the next smaller power of two m, then every other one of 2m's.</para>
    /// <para>Source: Press, Smith and Lewis, arXiv 2108.12409, and the code that they published.</para>
    /// </remarks>
    public static double[] For(int heads)
    {
        Require.Positive(heads);
        int power = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)heads);
        int lower = power == heads ? heads : power / 2;
        return
        [
            .. Enumerable.Range(1, lower).Select(head => Math.Pow(2, -8.0 * head / lower)),
            .. Enumerable.Range(0, heads - lower).Select(head => Math.Pow(2, -4.0 * ((2 * head) + 1) / lower)),
        ];
    }
}
