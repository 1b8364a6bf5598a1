using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>The formulas of <see cref="SoftmaxStatistics"/> for up to eight rows side by side: the divisions, logarithms and exponentials of one alone
/// would take as long as those of all.</summary>
internal static class RowDescriptions
{
    /// <summary>Rows at a time.</summary>
    public const int Batch = 8;

    private const double Ln2 = 0.6931471805599453;

    /// <summary>From <see cref="Batch"/> moments, of which the last may be blank, to as many statistics as there are rows.</summary>
    [SkipLocalsInit]
    public static void Write(ReadOnlySpan<RowMoments> rows, double temperature, Span<SoftmaxStatistics> statistics)
    {
        Span<double> counts = stackalloc double[2 * Batch];
        for (int r = 0; r < Batch; r++)
        {
            counts[r] = rows[r].Unmasked;
            counts[Batch + r] = LogOfCount.Of(rows[r].Unmasked);
        }

        Vector512<double> one = Vector512<double>.One, unmasked = Vector512.Create<double>(counts), logOfUnmasked = Vector512.Create<double>(counts[Batch..]);
        Vector512<double> max = Across(in rows[0].Max), tail = Across(in rows[0].Tail), squares = one + Across(in rows[0].TailSquares);
        Vector512<double> s = one + tail;
        Vector512<double> p = one / s;
        Vector512<double> mean = Ln2 * Across(in rows[0].Weighted) * p;
        Vector512<double> spread = Ln2 * Ln2 * Across(in rows[0].SquaredDeviations) * p;
        Vector512<double> logS = NearZero.LogOnePlus(tail);
        Vector512<double> entropy = logS - mean;
        Vector512<double> sumSquares = squares * p * p;
        Vector512<double> margin = max - Across(in rows[0].Second);
        Vector512<double> alone = Vector512.Equals(unmasked, one);
        Span<Vector512<double>> columns =
        [
            max,
            (max / temperature) + logS,
            entropy,
            Vector512.ConditionalSelect(alone, Vector512<double>.Zero, entropy / logOfUnmasked),
            p,
            tail * p,
            margin,
            (Vector512<double>.Zero - NearZero.ExpMinusOne(-margin / temperature)) * p,
            s + (s * NearZero.ExpMinusOne(Vector512<double>.Zero - mean)),   // exp(H) = s·exp(−Σ p d)
            sumSquares,
            s * s / squares,
            max + (mean * temperature),
            spread * temperature * temperature,
            Vector512.ConditionalSelect(alone, one, ((unmasked * sumSquares) - one) / (unmasked - one)),
            spread / temperature,
        ];
        Rows(MemoryMarshal.Cast<Vector512<double>, double>(columns), rows, statistics);
    }

    /// <summary>A field of <see cref="Batch"/> rows, given that of the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Across(ref readonly double first)
    {
        ref double x = ref Unsafe.AsRef(in first);
        int n = Unsafe.SizeOf<RowMoments>() / sizeof(double);
        return Vector512.Create(
            x, Unsafe.Add(ref x, n), Unsafe.Add(ref x, 2 * n), Unsafe.Add(ref x, 3 * n), Unsafe.Add(ref x, 4 * n), Unsafe.Add(ref x, 5 * n), Unsafe.Add(ref x, 6 * n), Unsafe.Add(ref x, 7 * n));
    }

    private static void Rows(ReadOnlySpan<double> columns, ReadOnlySpan<RowMoments> rows, Span<SoftmaxStatistics> statistics)
    {
        for (int r = 0; r < statistics.Length; r++)
        {
            statistics[r] = rows[r].IsPeculiar ? rows[r].PeculiarStatistics : new SoftmaxStatistics
            {
                MaxLogit = columns[r],
                LogSumExp = columns[Batch + r],
                Entropy = columns[(2 * Batch) + r],
                NormalizedEntropy = columns[(3 * Batch) + r],
                MaxProbability = columns[(4 * Batch) + r],
                TailMass = columns[(5 * Batch) + r],
                MarginLogit = columns[(6 * Batch) + r],
                MarginProbability = columns[(7 * Batch) + r],
                EffectiveNumber = columns[(8 * Batch) + r],
                SumSquares = columns[(9 * Batch) + r],
                Participation = columns[(10 * Batch) + r],
                MeanLogit = columns[(11 * Batch) + r],
                Variance = columns[(12 * Batch) + r],
                Saturation = columns[(13 * Batch) + r],
                EntropySlope = columns[(14 * Batch) + r],
                UnmaskedCount = rows[r].Unmasked,
                TiesAtMax = rows[r].Ties,
                ArgMax = rows[r].ArgMax,
            };
        }
    }
}
