using MathNet.Numerics.Random;

namespace Kelvin.Datasets;

/// <summary>Deals the rows of each class to training, validation and test in given shares.</summary>
/// <param name="Train">Rows to learn from, ascending.</param>
/// <param name="Validation">Rows to choose by, ascending.</param>
/// <param name="Test">Rows to measure on, ascending.</param>
public sealed record StratifiedSplit(int[] Train, int[] Validation, int[] Test)
{
    /// <summary>Deals rows at random, so that each part has its share of each class to within one row.</summary>
    /// <param name="labels">Class of each row, 0 or greater.</param>
    /// <param name="train">Share of training rows, from 0 to 1.</param>
    /// <param name="validation">Share of validation rows, from 0 to 1.</param>
    /// <param name="test">Share of test rows, from 0 to 1; the three add up to 1.</param>
    /// <param name="seed">Same seed, same split.</param>
    /// <remarks>
    /// <para>A class of n rows puts ⌊n·share⌋ or one more into a part. The odd rows go where the parts have fallen most behind over
    /// the classes before, so that the sizes of the parts are near their shares too. A class of few rows may miss a part.</para>
    /// <para>Every row is in exactly one part. Cost: O(rows).</para>
    /// </remarks>
    /// <exception cref="ArgumentException">There are no rows, a label is negative, or the shares do not add up to 1.</exception>
    public static StratifiedSplit Make(ReadOnlySpan<int> labels, double train, double validation, double test, int seed)
    {
        Require.NotEmpty(labels);
        Require.Between(train, 0, 1);
        Require.Between(validation, 0, 1);
        Require.Between(test, 0, 1);
        Require.That(Math.Abs(train + validation + test - 1) < 1e-9, "train, validation and test must add up to 1.", nameof(test));
        Require.Labels(labels, int.MaxValue);

        var random = new Xoshiro256StarStar(seed, false);
        double[] shares = [train, validation, test];
        double[] behind = new double[3];
        List<int>[] parts = [[], [], []];
        foreach (List<int> rows in ByClass(labels))
        {
            Shuffle(rows, random);
            int taken = 0;
            int[] counts = Deal(rows.Count, shares, behind);
            for (int part = 0; part < 3; part++)
            {
                parts[part].AddRange(rows.GetRange(taken, counts[part]));
                taken += counts[part];
            }
        }

        foreach (List<int> part in parts)
            part.Sort();
        return new StratifiedSplit([.. parts[0]], [.. parts[1]], [.. parts[2]]);
    }

    private static SortedDictionary<int, List<int>>.ValueCollection ByClass(ReadOnlySpan<int> labels)
    {
        var classes = new SortedDictionary<int, List<int>>();
        for (int i = 0; i < labels.Length; i++)
        {
            if (!classes.TryGetValue(labels[i], out List<int>? rows))
                classes.Add(labels[i], rows = []);
            rows.Add(i);
        }

        return classes.Values;
    }

    private static int[] Deal(int count, double[] shares, double[] behind)
    {
        int[] counts = new int[shares.Length];
        for (int part = 0; part < shares.Length; part++)
        {
            counts[part] = (int)Math.Floor((count * shares[part]) + 1e-9);
            behind[part] += (count * shares[part]) - counts[part];
        }

        for (int odd = count - counts.Sum(); odd > 0; odd--)
        {
            int next = Enumerable.Range(0, shares.Length)
                .Where(part => shares[part] > 0 && counts[part] < (count * shares[part]) - 1e-9)
                .MaxBy(part => behind[part]);
            counts[next]++;
            behind[next]--;
        }

        return counts;
    }

    private static void Shuffle(List<int> rows, Xoshiro256StarStar random)
    {
        for (int i = rows.Count - 1; i > 0; i--)
        {
            int j = random.Next(i + 1);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }
    }
}
