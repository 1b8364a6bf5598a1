using System.Numerics;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Stability;

/// <summary>Two classes that are easily confused, such as the digits 3 and 8.</summary>
/// <param name="First">A class.</param>
/// <param name="Second">Another.</param>
public readonly record struct ClassPair(int First, int Second)
{
    /// <summary>The share of the examples of the two classes for which the output of the right one is the larger of the two.</summary>
    /// <param name="outputs">F, shape n × classes.</param>
    /// <param name="labels">n classes.</param>
    /// <returns>NaN if no example is of either class; equal outputs count as wrong.</returns>
    public double Accuracy<T>(ReadOnlyMatrixView<T> outputs, ReadOnlySpan<int> labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.Length(labels, outputs.Rows);
        int rows = 0;
        int right = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] != First && labels[i] != Second)
                continue;
            rows++;
            int other = labels[i] == First ? Second : First;
            right += outputs[i, labels[i]] > outputs[i, other] ? 1 : 0;
        }

        return rows == 0 ? double.NaN : (double)right / rows;
    }

    /// <summary>The pairs of classes whose mean inputs lie nearest to each other, nearest first.</summary>
    /// <param name="set">Examples with labels.</param>
    /// <param name="count">How many pairs at most.</param>
    public static ClassPair[] Nearest<T>(TrainingSet<T> set, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        ReadOnlySpan<int> labels = set.Labels.Span;
        int classes = 0;
        foreach (int label in labels)
            classes = Math.Max(classes, label + 1);

        var means = new double[classes][];
        int[] counts = new int[classes];
        for (int i = 0; i < labels.Length; i++)
        {
            double[] mean = means[labels[i]] ??= new double[set.Inputs.Columns];
            counts[labels[i]]++;
            for (int j = 0; j < mean.Length; j++)
                mean[j] += double.CreateChecked(set.Inputs[i, j]);
        }

        IEnumerable<(ClassPair Pair, double Distance)> pairs =
            from a in Enumerable.Range(0, classes)
            from b in Enumerable.Range(0, classes)
            where a < b && counts[a] > 0 && counts[b] > 0
            select (new ClassPair(a, b), Distance(means[a], counts[a], means[b], counts[b]));
        return [.. pairs.OrderBy(one => one.Distance).Take(count).Select(one => one.Pair)];
    }

    private static double Distance(double[] a, int countA, double[] b, int countB) =>
        a.Zip(b).Sum(pair => Math.Pow((pair.First / countA) - (pair.Second / countB), 2));
}
