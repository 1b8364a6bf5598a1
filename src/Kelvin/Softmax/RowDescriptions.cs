using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>The formulas of <see cref="SoftmaxStatistics"/>, for up to four rows side by side: the divisions, logarithms and exponentials of one alone would
/// take as long as those of all.</summary>
internal static class RowDescriptions
{
    /// <summary>Rows at a time.</summary>
    public const int Batch = 4;

    private const double Ln2 = 0.6931471805599453;

    /// <summary>From <see cref="Batch"/> moments, of which the last may be blank, to as many statistics as there are rows.</summary>
    public static void Write(ReadOnlySpan<RowMoments> rows, double temperature, Span<SoftmaxStatistics> statistics)
    {
        ref readonly RowMoments a = ref rows[0];
        ref readonly RowMoments b = ref rows[1];
        ref readonly RowMoments c = ref rows[2];
        ref readonly RowMoments d = ref rows[3];
        var max = Vector256.Create(a.Max, b.Max, c.Max, d.Max);
        var tail = Vector256.Create(a.Tail, b.Tail, c.Tail, d.Tail);
        var unmasked = Vector256.ConvertToDouble(Vector256.Create((long)a.Unmasked, b.Unmasked, c.Unmasked, d.Unmasked));
        var logOfUnmasked = Vector256.Create(LogOfCount.Of(a.Unmasked), LogOfCount.Of(b.Unmasked), LogOfCount.Of(c.Unmasked), LogOfCount.Of(d.Unmasked));
        Vector256<double> margin = max - Vector256.Create(a.Second, b.Second, c.Second, d.Second);
        Vector256<double> squares = Vector256<double>.One + Vector256.Create(a.TailSquares, b.TailSquares, c.TailSquares, d.TailSquares);
        Vector256<double> s = Vector256<double>.One + tail;
        Vector256<double> p = Vector256<double>.One / s;
        Vector256<double> mean = Ln2 * Vector256.Create(a.Weighted, b.Weighted, c.Weighted, d.Weighted) * p;
        Vector256<double> spread = Ln2 * Ln2 * Vector256.Create(a.SquaredDeviations, b.SquaredDeviations, c.SquaredDeviations, d.SquaredDeviations) * p;
        Vector256<double> logS = NearZero.LogOnePlus(tail);
        Vector256<double> logSumExp = (max / temperature) + logS;
        Vector256<double> entropy = logS - mean;
        Vector256<double> sumSquares = squares * p * p;
        Vector256<double> uniform = Vector256<double>.One / unmasked;
        Vector256<double> alone = Vector256.Equals(unmasked, Vector256<double>.One);
        Vector256<double> normalized = Vector256.ConditionalSelect(alone, Vector256<double>.Zero, entropy / logOfUnmasked);
        Vector256<double> saturation = Vector256.ConditionalSelect(alone, Vector256<double>.One, (sumSquares - uniform) / (Vector256<double>.One - uniform));
        Vector256<double> marginProbability = (Vector256<double>.Zero - NearZero.ExpMinusOne(-margin / temperature)) * p;
        Vector256<double> effective = s + (s * NearZero.ExpMinusOne(Vector256<double>.Zero - mean));   // exp(H) = s·exp(−Σ p d)
        Vector256<double> participation = s * s / squares;
        Vector256<double> tailMass = tail * p;
        Vector256<double> meanLogit = max + (mean * temperature);
        Vector256<double> variance = spread * temperature * temperature;
        Vector256<double> slope = spread / temperature;
        for (int r = 0; r < statistics.Length; r++)
        {
            statistics[r] = rows[r].IsPeculiar ? rows[r].PeculiarStatistics : new SoftmaxStatistics
            {
                MaxLogit = max[r],
                LogSumExp = logSumExp[r],
                Entropy = entropy[r],
                NormalizedEntropy = normalized[r],
                MaxProbability = p[r],
                TailMass = tailMass[r],
                MarginLogit = margin[r],
                MarginProbability = marginProbability[r],
                EffectiveNumber = effective[r],
                SumSquares = sumSquares[r],
                Participation = participation[r],
                MeanLogit = meanLogit[r],
                Variance = variance[r],
                Saturation = saturation[r],
                EntropySlope = slope[r],
                UnmaskedCount = rows[r].Unmasked,
                TiesAtMax = rows[r].Ties,
                ArgMax = rows[r].ArgMax,
            };
        }
    }
}
