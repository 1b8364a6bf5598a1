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
    /// <remarks>A row of moments is one vector, a row of statistics two and a count: both are turned as matrices, not moved number by number.</remarks>
    [SkipLocalsInit]
    public static void Write(ReadOnlySpan<RowMoments> rows, double temperature, Span<SoftmaxStatistics> statistics)
    {
        ref readonly double moments = ref Unsafe.As<RowMoments, double>(ref MemoryMarshal.GetReference(rows));
        Vector512<double> max = Moments(in moments, 0), second = Moments(in moments, 1), tail = Moments(in moments, 2), weighted = Moments(in moments, 3);
        Vector512<double> deviations = Moments(in moments, 4), squares = Moments(in moments, 5), unmaskedAndTies = Moments(in moments, 6), argMax = Moments(in moments, 7);
        EightByEight.Transpose(ref max, ref second, ref tail, ref weighted, ref deviations, ref squares, ref unmaskedAndTies, ref argMax);
        Vector512<double> unmasked = Vector512.ConvertToDouble(unmaskedAndTies.AsInt64() & Vector512.Create((long)uint.MaxValue));
        Vector512<double> logOfUnmasked = LogOf(rows, unmasked);

        Vector512<double> one = Vector512<double>.One;
        Vector512<double> s = one + tail;
        Vector512<double> maxProbability = one / s;
        Vector512<double> meanDistance = Ln2 * weighted * maxProbability;
        Vector512<double> spread = Ln2 * Ln2 * deviations * maxProbability;
        Vector512<double> logS = NearZero.LogOnePlus(tail);
        Vector512<double> alone = Vector512.Equals(unmasked, one);
        squares += one;

        Vector512<double> logSumExp = (max / temperature) + logS;
        Vector512<double> entropy = logS - meanDistance;
        Vector512<double> normalizedEntropy = Vector512.ConditionalSelect(alone, Vector512<double>.Zero, entropy / logOfUnmasked);
        Vector512<double> tailMass = tail * maxProbability;
        Vector512<double> margin = max - second;
        Vector512<double> marginProbability = (Vector512<double>.Zero - NearZero.ExpMinusOne(-margin / temperature)) * maxProbability;
        Vector512<double> effectiveNumber = s + (s * NearZero.ExpMinusOne(Vector512<double>.Zero - meanDistance));   // exp(H) = s·exp(−Σ p d)
        Vector512<double> sumSquares = squares * maxProbability * maxProbability;
        Vector512<double> participation = s * s / squares;
        Vector512<double> mean = max + (meanDistance * temperature);
        Vector512<double> variance = spread * temperature * temperature;
        Vector512<double> saturation = Vector512.ConditionalSelect(alone, one, ((unmasked * sumSquares) - one) / (unmasked - one));
        Vector512<double> entropySlope = spread / temperature;

        // In the order of the fields of SoftmaxStatistics; the sixteenth is UnmaskedCount and TiesAtMax, as they lie in RowMoments.
        EightByEight.Transpose(ref max, ref logSumExp, ref entropy, ref normalizedEntropy, ref maxProbability, ref tailMass, ref margin, ref marginProbability);
        EightByEight.Transpose(ref effectiveNumber, ref sumSquares, ref participation, ref mean, ref variance, ref saturation, ref entropySlope, ref unmaskedAndTies);
        ReadOnlySpan<Vector512<double>> first = [max, logSumExp, entropy, normalizedEntropy, maxProbability, tailMass, margin, marginProbability];
        ReadOnlySpan<Vector512<double>> last = [effectiveNumber, sumSquares, participation, mean, variance, saturation, entropySlope, unmaskedAndTies];
        for (int r = 0; r < statistics.Length; r++)
        {
            if (rows[r].IsPeculiar)
            {
                statistics[r] = rows[r].PeculiarStatistics;
                continue;
            }

            ref double fields = ref Unsafe.As<SoftmaxStatistics, double>(ref statistics[r]);
            first[r].StoreUnsafe(ref fields);
            last[r].StoreUnsafe(ref fields, Batch);
            Unsafe.As<double, int>(ref Unsafe.Add(ref fields, 2 * Batch)) = rows[r].ArgMax;
        }
    }

    /// <summary>log k of each row; mostly k is the same in all.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogOf(ReadOnlySpan<RowMoments> rows, Vector512<double> unmasked)
    {
        if (Vector512.EqualsAll(unmasked, Vector512.Create(unmasked.ToScalar())))
            return Vector512.Create(LogOfCount.Of(rows[0].Unmasked));

        Span<double> logs = stackalloc double[Batch];
        for (int r = 0; r < Batch; r++)
            logs[r] = LogOfCount.Of(rows[r].Unmasked);
        return Vector512.Create<double>(logs);
    }

    /// <summary>A row of moments.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Moments(ref readonly double first, nuint row) => Vector512.LoadUnsafe(in first, row * Batch);
}
