using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Softmax;

/// <summary>The operations of <see cref="TemperedSoftmax"/> on every row of a matrix, with masks, strides and threads.</summary>
public static class SoftmaxRows
{
    /// <summary>Turns each row z of <paramref name="logits"/> into softmax(z/T).</summary>
    public static void Probabilities<T>(
        ReadOnlyMatrixView<T> logits, T temperature, MatrixView<T> probabilities, RowMask mask = default, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(logits, temperature, probabilities, mask, threads);
        for (int i = 0; i < logits.Rows; i++)
        {
            int kept = mask.Kept(i, logits.Columns);
            if (kept > 0)
                Row.Probabilities(logits.Row(i)[..kept], double.CreateTruncating(temperature), probabilities.Row(i)[..kept]);
            probabilities.Row(i)[kept..].Clear();
        }
    }

    /// <summary>Turns each row z of <paramref name="logits"/> into log softmax(z/T).</summary>
    public static void LogProbabilities<T>(
        ReadOnlyMatrixView<T> logits, T temperature, MatrixView<T> logProbabilities, RowMask mask = default, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(logits, temperature, logProbabilities, mask, threads);
        for (int i = 0; i < logits.Rows; i++)
        {
            int kept = mask.Kept(i, logits.Columns);
            if (kept > 0)
                Row.LogProbabilities(logits.Row(i)[..kept], double.CreateTruncating(temperature), logProbabilities.Row(i)[..kept]);
            logProbabilities.Row(i)[kept..].Fill(T.NegativeInfinity);
        }
    }

    /// <summary>Turns each row z of <paramref name="logits"/> into softmax(z/T) and writes its statistics.</summary>
    public static void Forward<T>(
        ReadOnlyMatrixView<T> logits,
        T temperature,
        MatrixView<T> probabilities,
        Memory<SoftmaxStatistics> statistics,
        RowMask mask = default,
        int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(logits, temperature, probabilities, mask, threads);
        Require.Length<SoftmaxStatistics>(statistics.Span, logits.Rows);
        for (int i = 0; i < logits.Rows; i++)
        {
            int kept = mask.Kept(i, logits.Columns);
            statistics.Span[i] = kept == 0
                ? SoftmaxStatistics.FullyMasked
                : Row.Forward(logits.Row(i)[..kept], double.CreateTruncating(temperature), probabilities.Row(i)[..kept]);
            probabilities.Row(i)[kept..].Clear();
        }
    }

    /// <summary>Writes the statistics of softmax(z/T) of each row.</summary>
    public static void Statistics<T>(
        ReadOnlyMatrixView<T> logits, T temperature, Memory<SoftmaxStatistics> statistics, RowMask mask = default, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckInput(logits, temperature, mask, threads);
        Require.Length<SoftmaxStatistics>(statistics.Span, logits.Rows);
        for (int i = 0; i < logits.Rows; i++)
        {
            int kept = mask.Kept(i, logits.Columns);
            statistics.Span[i] = kept == 0
                ? SoftmaxStatistics.FullyMasked
                : Row.Statistics(logits.Row(i)[..kept], double.CreateTruncating(temperature));
        }
    }

    /// <summary>Turns ∂L/∂p into ∂L/∂z = p ∘ (∂L/∂p − ⟨p, ∂L/∂p⟩)/T, row by row.</summary>
    public static void Backward<T>(
        ReadOnlyMatrixView<T> probabilities, ReadOnlyMatrixView<T> dProbabilities, T temperature, MatrixView<T> dLogits, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(probabilities, temperature, dLogits, default, threads);
        Require.SameShape(probabilities.Rows, probabilities.Columns, dProbabilities.Rows, dProbabilities.Columns, nameof(dProbabilities));
        for (int i = 0; i < probabilities.Rows; i++)
            Row.Backward(probabilities.Row(i), dProbabilities.Row(i), double.CreateTruncating(temperature), dLogits.Row(i));
    }

    /// <summary>Turns g = ∂L/∂(log p) into ∂L/∂z = (g − p Σg)/T, row by row.</summary>
    public static void LogBackward<T>(
        ReadOnlyMatrixView<T> logProbabilities, ReadOnlyMatrixView<T> dLogProbabilities, T temperature, MatrixView<T> dLogits, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(logProbabilities, temperature, dLogits, default, threads);
        Require.SameShape(logProbabilities.Rows, logProbabilities.Columns, dLogProbabilities.Rows, dLogProbabilities.Columns, nameof(dLogProbabilities));
        for (int i = 0; i < logProbabilities.Rows; i++)
            Row.LogBackward(logProbabilities.Row(i), dLogProbabilities.Row(i), double.CreateTruncating(temperature), dLogits.Row(i));
    }

    /// <summary>Computes the mean cross-entropy over the rows and its gradient.</summary>
    public static double CrossEntropy<T>(
        ReadOnlyMatrixView<T> logits, ReadOnlyMemory<int> labels, T temperature, T labelSmoothing, MatrixView<T> dLogits, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(logits, temperature, dLogits, default, threads);
        Require.Length(labels.Span, logits.Rows);
        Require.Between(double.CreateTruncating(labelSmoothing), 0, 1, nameof(labelSmoothing));
        double sum = 0;
        for (int i = 0; i < logits.Rows; i++)
        {
            Require.Between(labels.Span[i], 0, logits.Columns - 1, nameof(labels));
            sum += Row.CrossEntropy(
                logits.Row(i), labels.Span[i], double.CreateTruncating(temperature), double.CreateTruncating(labelSmoothing), 1.0 / logits.Rows, dLogits.Row(i));
        }

        return sum / logits.Rows;
    }

    private static void Check<T>(ReadOnlyMatrixView<T> logits, T temperature, MatrixView<T> output, RowMask mask, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckInput(logits, temperature, mask, threads);
        Require.SameShape(logits.Rows, logits.Columns, output.Rows, output.Columns, nameof(output));
    }

    private static void CheckInput<T>(ReadOnlyMatrixView<T> logits, T temperature, RowMask mask, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.That(logits.Columns > 0, "The matrix has no columns, but a softmax needs at least one.", nameof(logits));
        Require.Temperature(double.CreateTruncating(temperature), nameof(temperature));
        Require.Positive(threads);
        mask.Check(logits.Rows, logits.Columns, nameof(mask));
    }
}
