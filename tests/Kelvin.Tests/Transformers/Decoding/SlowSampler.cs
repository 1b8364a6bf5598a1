namespace Kelvin.Tests.Transformers.Decoding;

/// <summary>The slow, obvious sampler in double: sorts everything, cuts, renormalises.</summary>
internal static class SlowSampler
{
    /// <summary>z after the penalty.</summary>
    public static double[] Penalise(ReadOnlySpan<float> logits, IEnumerable<int> recent, double penalty)
    {
        double[] z = [.. logits.ToArray().Select(x => (double)x)];
        foreach (int token in recent.Distinct())
            z[token] = z[token] > 0 ? z[token] / penalty : z[token] * penalty;
        return z;
    }

    /// <summary>softmax(z/T).</summary>
    public static double[] Softmax(double[] z, double temperature)
    {
        double max = z.Max();
        double[] p = [.. z.Select(x => Math.Exp((x - max) / temperature))];
        double sum = p.Sum();
        return [.. p.Select(x => x / sum)];
    }

    /// <summary>−∞ over all but the k largest.</summary>
    public static double[] TopK(double[] z, int k) => Keep(z, [.. ByRank(z).Take(k)]);

    /// <summary>−∞ over all but the fewest whose probabilities reach the share.</summary>
    public static double[] TopP(double[] z, double share, double temperature)
    {
        double[] p = Softmax(z, temperature);
        var kept = new HashSet<int>();
        double sum = 0;
        foreach (int token in ByRank(z))
        {
            if (sum >= share)
                break;
            sum += p[token];
            kept.Add(token);
        }

        return Keep(z, kept);
    }

    /// <summary>−∞ over all that are less than <paramref name="ratio"/> times as probable as the best.</summary>
    public static double[] MinP(double[] z, double ratio, double temperature)
    {
        double[] p = Softmax(z, temperature);
        double max = p.Max();
        return Keep(z, [.. Enumerable.Range(0, z.Length).Where(i => p[i] >= ratio * max)]);
    }

    /// <summary>H in nats.</summary>
    public static double Entropy(double[] p) => -p.Sum(x => x > 0 ? x * Math.Log(x) : 0);

    private static IEnumerable<int> ByRank(double[] z) => Enumerable.Range(0, z.Length).OrderByDescending(i => z[i]).ThenBy(i => i);

    private static double[] Keep(double[] z, HashSet<int> kept) => [.. z.Select((x, i) => kept.Contains(i) ? x : double.NegativeInfinity)];
}
