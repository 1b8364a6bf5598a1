using System.Globalization;
using Kelvin.Softmax;
using MathNet.Numerics.Random;

namespace Kelvin.Cli.Doctor;

/// <summary>Runs the softmax kernel against a plain loop in double for up to a second: does this processor compute rightly?</summary>
internal static class KernelCheck
{
    private const double Bound = 1e-5;
    private static readonly int[] Lengths = [1, 2, 7, 8, 33, 64, 257, 1024, 4096];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public static Check Run(TimeProvider time, CancellationToken cancellationToken)
    {
        var random = new Xoshiro256StarStar(1, false);
        long start = time.GetTimestamp();
        double worst = 0;
        int rows = 0;
        do
        {
            foreach (int length in Lengths)
            {
                cancellationToken.ThrowIfCancellationRequested();
                worst = Math.Max(worst, WorstError(length, random));
                rows++;
            }
        }
        while (time.GetElapsedTime(start) < Limit && rows < 3000);

        string found = string.Create(
            CultureInfo.InvariantCulture, $"{rows} rows against a plain loop, largest relative error {worst:0.0e-0}");
        return worst <= Bound
            ? Check.Good("softmax kernel", found)
            : new Check("softmax kernel", CheckState.Missing, found, "Try DOTNET_EnableHWIntrinsic=0, and report it with this page.");
    }

    /// <summary>The largest error of probabilities above 1e-30 in one random row, relative, and of its entropy.</summary>
    private static double WorstError(int length, Xoshiro256StarStar random)
    {
        float[] logits = new float[length];
        for (int i = 0; i < length; i++)
            logits[i] = (float)((random.NextDouble() - 0.5) * 20);
        float temperature = 0.5f + (float)random.NextDouble();
        float[] probabilities = new float[length];
        SoftmaxStatistics statistics = TemperedSoftmax.Forward(logits, temperature, probabilities);

        double[] expected = Reference(logits, temperature);
        double entropy = 0;
        double worst = 0;
        for (int i = 0; i < length; i++)
        {
            entropy -= expected[i] * Math.Log(expected[i]);
            worst = Math.Max(worst, Math.Abs(probabilities[i] - expected[i]) / expected[i]);
        }

        return Math.Max(worst, Math.Abs(statistics.Entropy - entropy) / Math.Max(entropy, 1));
    }

    private static double[] Reference(float[] logits, float temperature)
    {
        double largest = logits.Max();
        double[] p = Array.ConvertAll(logits, z => Math.Exp((z - largest) / temperature));
        double sum = p.Sum();
        return Array.ConvertAll(p, x => x / sum);
    }
}
