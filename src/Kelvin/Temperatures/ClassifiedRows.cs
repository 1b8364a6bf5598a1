using System.Numerics;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Temperatures;

/// <summary>Holds what each row adds to the calibration metrics, so that resampling needs no softmax.</summary>
internal sealed class ClassifiedRows
{
    private ClassifiedRows(int rows)
    {
        Confidence = new double[rows];
        IsCorrect = new bool[rows];
        Nll = new double[rows];
        Brier = new double[rows];
        Entropy = new double[rows];
    }

    public int Count => Confidence.Length;

    /// <summary>c = maxₖ pₖ.</summary>
    public double[] Confidence { get; }

    /// <summary>[first argmax = label].</summary>
    public bool[] IsCorrect { get; }

    /// <summary>−log p of the label.</summary>
    public double[] Nll { get; }

    /// <summary>Σₖ (pₖ − [k = label])².</summary>
    public double[] Brier { get; }

    /// <summary>−Σₖ pₖ log pₖ.</summary>
    public double[] Entropy { get; }

    public static ClassifiedRows FromProbabilities<T>(ReadOnlyMatrixView<T> probabilities, ReadOnlySpan<int> labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rows = new ClassifiedRows(probabilities.Rows);
        double[] p = new double[probabilities.Columns];
        for (int i = 0; i < rows.Count; i++)
        {
            int argMax = 0;
            double entropy = 0;
            for (int k = 0; k < p.Length; k++)
            {
                p[k] = double.CreateTruncating(probabilities[i, k]);
                Require.Probability(p[k], i, k);
                entropy -= p[k] == 0 ? 0 : p[k] * Math.Log(p[k]);
                if (p[k] > p[argMax])
                    argMax = k;
            }

            rows.Confidence[i] = p[argMax];
            rows.IsCorrect[i] = argMax == labels[i];
            rows.Nll[i] = -Math.Log(p[labels[i]]);
            rows.Brier[i] = BrierOf(p, labels[i]);
            rows.Entropy[i] = entropy;
        }

        return rows;
    }

    public static ClassifiedRows FromLogits<T>(ReadOnlyMatrixView<T> logits, ReadOnlySpan<int> labels, double temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rows = new ClassifiedRows(logits.Rows);
        double[] d = new double[logits.Columns];
        double[] p = new double[logits.Columns];
        for (int i = 0; i < rows.Count; i++)
        {
            ShiftedRow.Write(logits.Row(i), d);
            SoftmaxStatistics row = TemperedSoftmax.Forward(d, temperature, p);
            rows.Confidence[i] = row.MaxProbability;
            rows.IsCorrect[i] = row.ArgMax == labels[i];
            rows.Nll[i] = row.LogSumExp - (d[labels[i]] / temperature);
            rows.Brier[i] = BrierOf(p, labels[i]);
            rows.Entropy[i] = row.Entropy;
        }

        return rows;
    }

    private static double BrierOf(double[] p, int label)
    {
        double sum = 0;
        for (int k = 0; k < p.Length; k++)
        {
            double miss = k == label ? p[k] - 1 : p[k];
            sum += miss * miss;
        }

        return sum;
    }
}
