using System.Runtime.CompilerServices;
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
    public static void Write(ReadOnlySpan<RowMoments> rows, double temperature, Span<SoftmaxStatistics> statistics)
    {
        RowColumns.Of(rows, out RowColumns columns);
        Write(in columns, temperature, statistics);
        for (int r = 0; r < statistics.Length; r++)
        {
            if (rows[r].IsPeculiar)
                statistics[r] = rows[r].PeculiarStatistics;
        }
    }

    /// <summary>The same of moments that lie in columns; none of them is peculiar.</summary>
    /// <remarks>A row of statistics is two vectors and a count: they are turned as a matrix, not moved number by number.</remarks>
    [SkipLocalsInit]
    public static void Write(in RowColumns rows, double temperature, Span<SoftmaxStatistics> statistics)
    {
        Vector512<double> max = rows.Max, tail = rows.Tail, unmaskedAndTies = rows.UnmaskedAndTies.AsDouble();
        Vector512<double> unmasked = Vector512.ConvertToDouble(rows.UnmaskedAndTies & Vector512.Create((long)uint.MaxValue));
        Vector512<double> one = Vector512<double>.One;
        (Vector512<double> inverseLog, Vector512<double> inverseOthers) = OfCounts(unmasked);
        Vector512<double> s = one + tail;
        Vector512<double> maxProbability = one / s;
        Vector512<double> meanDistance = Ln2 * rows.Weighted * maxProbability;
        Vector512<double> spread = Ln2 * Ln2 * rows.Deviations * maxProbability;
        Vector512<double> logS = NearZero.LogOnePlus(tail, s, maxProbability);
        Vector512<double> alone = Vector512.Equals(unmasked, one);
        Vector512<double> squares = rows.Squares + one;

        Vector512<double> logSumExp = (max / temperature) + logS;
        Vector512<double> entropy = logS - meanDistance;
        Vector512<double> normalizedEntropy = Vector512.ConditionalSelect(alone, Vector512<double>.Zero, entropy * inverseLog);
        Vector512<double> tailMass = tail * maxProbability;
        Vector512<double> margin = max - rows.Second;
        Vector512<double> marginProbability = (Vector512<double>.Zero - NearZero.ExpMinusOne(-margin / temperature)) * maxProbability;
        Vector512<double> effectiveNumber = s + (s * NearZero.ExpMinusOne(Vector512<double>.Zero - meanDistance));   // exp(H) = s·exp(−Σ p d)
        Vector512<double> sumSquares = squares * maxProbability * maxProbability;
        Vector512<double> participation = s * s / squares;
        Vector512<double> mean = max + (meanDistance * temperature);
        Vector512<double> variance = spread * temperature * temperature;
        Vector512<double> saturation = Vector512.ConditionalSelect(alone, one, ((unmasked * sumSquares) - one) * inverseOthers);
        Vector512<double> entropySlope = spread / temperature;

        // In the order of the fields of SoftmaxStatistics; the sixteenth is UnmaskedCount and TiesAtMax, as they lie in RowMoments.
        EightByEight.Transpose(ref max, ref logSumExp, ref entropy, ref normalizedEntropy, ref maxProbability, ref tailMass, ref margin, ref marginProbability);
        EightByEight.Transpose(ref effectiveNumber, ref sumSquares, ref participation, ref mean, ref variance, ref saturation, ref entropySlope, ref unmaskedAndTies);
        ReadOnlySpan<Vector512<double>> first = [max, logSumExp, entropy, normalizedEntropy, maxProbability, tailMass, margin, marginProbability];
        ReadOnlySpan<Vector512<double>> last = [effectiveNumber, sumSquares, participation, mean, variance, saturation, entropySlope, unmaskedAndTies];
        Span<long> argMax = stackalloc long[Batch];
        rows.ArgMax.CopyTo(argMax);
        for (int r = 0; r < statistics.Length; r++)
        {
            ref double fields = ref Unsafe.As<SoftmaxStatistics, double>(ref statistics[r]);
            first[r].StoreUnsafe(ref fields);
            last[r].StoreUnsafe(ref fields, Batch);
            Unsafe.As<double, int>(ref Unsafe.Add(ref fields, 2 * Batch)) = (int)argMax[r];
        }
    }

    /// <summary>1/log k and 1/(k − 1) of each row; mostly k is the same in all.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> InverseLog, Vector512<double> InverseOthers) OfCounts(Vector512<double> unmasked)
    {
        double first = unmasked.ToScalar();
        if (Vector512.EqualsAll(unmasked, Vector512.Create(first)))
            return (Vector512.Create(1 / LogOfCount.Of((int)first)), Vector512.Create(1 / (first - 1)));

        Span<double> logs = stackalloc double[Batch];
        for (int r = 0; r < Batch; r++)
            logs[r] = LogOfCount.Of((int)unmasked[r]);
        return (Vector512<double>.One / Vector512.Create<double>(logs), Vector512<double>.One / (unmasked - Vector512<double>.One));
    }
}
