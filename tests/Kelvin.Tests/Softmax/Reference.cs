using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

/// <summary>Softmax by the definitions, in double, with compensated sums: slow and obvious.</summary>
internal static class Reference
{
    public static double[] Probabilities(double[] z, double temperature)
    {
        double max = z.Max();
        double[] e = [.. z.Select(x => Math.Exp((x - max) / temperature))];
        double s = Sum(e);
        return [.. e.Select(x => x / s)];
    }

    public static SoftmaxStatistics Statistics(double[] z, double temperature)
    {
        double max = z.Max();
        int argMax = Array.IndexOf(z, max);
        double[] p = Probabilities(z, temperature);
        int k = z.Count(x => !double.IsNegativeInfinity(x));
        double tail = Sum(p.Where((_, i) => i != argMax));
        double s = Sum(z.Select(x => Math.Exp((x - max) / temperature)));
        double logS = s - 1 < 0.01 ? Sum(Enumerable.Range(1, 12).Select(n => Math.Pow(-1, n + 1) * Math.Pow(tail * s, n) / n)) : Math.Log(s);
        double meanDistance = Sum(p.Select((x, i) => x == 0 ? 0 : x * (z[i] - max)));
        double entropy = logS - (meanDistance / temperature);
        double variance = Sum(p.Select((x, i) => x == 0 ? 0 : x * Math.Pow(z[i] - max - meanDistance, 2)));
        double squares = Sum(p.Select(x => x * x));
        double second = z.Where((_, i) => i != argMax).DefaultIfEmpty(double.NegativeInfinity).Max();
        double secondShare = (max - second) / temperature;
        return new SoftmaxStatistics
        {
            MaxLogit = max,
            LogSumExp = (max / temperature) + logS,
            Entropy = entropy,
            NormalizedEntropy = k == 1 ? 0 : entropy / Math.Log(k),
            MaxProbability = p[argMax],
            TailMass = tail,
            MarginLogit = max - second,
            MarginProbability = p[argMax] * Fall(secondShare),
            EffectiveNumber = Math.Exp(entropy),
            SumSquares = squares,
            Participation = 1 / squares,
            MeanLogit = max + meanDistance,
            Variance = variance,
            Saturation = k == 1 ? 1 : (squares - (1.0 / k)) / (1 - (1.0 / k)),
            EntropySlope = variance / Math.Pow(temperature, 3),
            UnmaskedCount = k,
            TiesAtMax = z.Count(x => x == max),
            ArgMax = argMax,
        };
    }

    /// <summary>1 − exp(−x), by its series where the difference would cancel.</summary>
    private static double Fall(double x)
    {
        if (x > 0.7)
            return 1 - Math.Exp(-x);
        double term = x;
        double sum = 0;
        for (int n = 2; n < 30; n++)
        {
            sum += term;
            term *= -x / n;
        }

        return sum;
    }

    /// <summary>Neumaier's compensated sum.</summary>
    public static double Sum(IEnumerable<double> values)
    {
        double sum = 0;
        double lost = 0;
        foreach (double value in values)
        {
            double next = sum + value;
            lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }

        return sum + lost;
    }
}
