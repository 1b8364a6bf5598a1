using System.Buffers;
using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Softmax;

/// <summary>The operations of <see cref="TemperedSoftmax"/> on every row of a matrix, with strides, masks and threads.</summary>
/// <remarks>
/// <para>Every row is handled on its own, by the same code as a single row: results do not depend on <c>threads</c>, to the bit.</para>
/// <para>Masked entries get p = 0, log p = −∞ and gradient 0; a row masked entirely has LSE = −∞ and NaN for every other statistic.</para>
/// <para>Cost: that of the rows; nothing on the heap once warm. <c>threads</c> = 1 keeps to the caller, n uses at most n threads.</para>
/// </remarks>
public static class SoftmaxRows
{
    /// <summary>Turns each row z of <paramref name="logits"/> into p = softmax(z/T).</summary>
    /// <param name="logits">z, shape [rows, V], V ≥ 1; −∞ masks an entry.</param>
    /// <param name="temperature">T &gt; 0, in the logits' own unit.</param>
    /// <param name="probabilities">p, shape [rows, V]. May be the same memory as <paramref name="logits"/>, with the same stride.</param>
    /// <param name="mask">How many entries at the start of each row take part; by default all.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void Probabilities<T>(
        ReadOnlyMatrixView<T> logits, T temperature, MatrixView<T> probabilities, RowMask mask = default, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowsDoor.Forward(logits, temperature, probabilities, mask, threads);
        ParallelRange.For(logits.Rows, RowsDoor.Grain(logits.Columns), threads, new ProbabilityRows<T>(logits, double.CreateTruncating(temperature), probabilities, mask));
    }

    /// <summary>Turns each row z of <paramref name="logits"/> into log p = log softmax(z/T).</summary>
    /// <param name="logits">z, shape [rows, V], V ≥ 1; −∞ masks an entry.</param>
    /// <param name="temperature">T &gt; 0, in the logits' own unit.</param>
    /// <param name="logProbabilities">log p, shape [rows, V]. May be the same memory as <paramref name="logits"/>, with the same stride.</param>
    /// <param name="mask">How many entries at the start of each row take part; by default all.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void LogProbabilities<T>(
        ReadOnlyMatrixView<T> logits, T temperature, MatrixView<T> logProbabilities, RowMask mask = default, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowsDoor.Forward(logits, temperature, logProbabilities, mask, threads);
        ParallelRange.For(logits.Rows, RowsDoor.Grain(logits.Columns), threads, new LogProbabilityRows<T>(logits, double.CreateTruncating(temperature), logProbabilities, mask));
    }

    /// <summary>Turns each row z of <paramref name="logits"/> into p = softmax(z/T) and writes its statistics.</summary>
    /// <param name="logits">z, shape [rows, V], V ≥ 1; −∞ masks an entry.</param>
    /// <param name="temperature">T &gt; 0, in the logits' own unit.</param>
    /// <param name="probabilities">p, shape [rows, V]. May be the same memory as <paramref name="logits"/>, with the same stride.</param>
    /// <param name="statistics">One for each row, shape [rows].</param>
    /// <param name="mask">How many entries at the start of each row take part; by default all.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void Forward<T>(
        ReadOnlyMatrixView<T> logits, T temperature, MatrixView<T> probabilities, Memory<SoftmaxStatistics> statistics, RowMask mask = default, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowsDoor.Forward(logits, temperature, probabilities, mask, threads);
        Require.Length<SoftmaxStatistics>(statistics.Span, logits.Rows);
        ParallelRange.For(logits.Rows, RowsDoor.Grain(logits.Columns), threads, new ForwardRows<T>(logits, double.CreateTruncating(temperature), probabilities, statistics, mask));
    }

    /// <summary>Writes the statistics of softmax(z/T) of each row, without the probabilities.</summary>
    /// <param name="logits">z, shape [rows, V], V ≥ 1; −∞ masks an entry.</param>
    /// <param name="temperature">T &gt; 0, in the logits' own unit.</param>
    /// <param name="statistics">One for each row, shape [rows].</param>
    /// <param name="mask">How many entries at the start of each row take part; by default all.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void Statistics<T>(
        ReadOnlyMatrixView<T> logits, T temperature, Memory<SoftmaxStatistics> statistics, RowMask mask = default, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowsDoor.Input(logits, temperature, mask, threads);
        Require.Length<SoftmaxStatistics>(statistics.Span, logits.Rows);
        ParallelRange.For(logits.Rows, RowsDoor.Grain(logits.Columns), threads, new StatisticsRows<T>(logits, double.CreateTruncating(temperature), statistics, mask));
    }

    /// <summary>Turns ∂L/∂p into ∂L/∂z = p ∘ (∂L/∂p − ⟨p, ∂L/∂p⟩)/T, row by row.</summary>
    /// <param name="probabilities">p, shape [rows, V], as the forward pass wrote it: masks are zeros.</param>
    /// <param name="dProbabilities">∂L/∂p, shape [rows, V].</param>
    /// <param name="temperature">T &gt; 0.</param>
    /// <param name="dLogits">∂L/∂z, shape [rows, V]. May be the same memory as either input.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void Backward<T>(
        ReadOnlyMatrixView<T> probabilities, ReadOnlyMatrixView<T> dProbabilities, T temperature, MatrixView<T> dLogits, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowsDoor.Backward(probabilities, dProbabilities, temperature, dLogits, threads);
        ParallelRange.For(
            probabilities.Rows, RowsDoor.Grain(probabilities.Columns), threads, new BackwardRows<T>(probabilities, dProbabilities, double.CreateTruncating(temperature), dLogits, false));
    }

    /// <summary>Turns g = ∂L/∂(log p) into ∂L/∂z = (g − p Σg)/T, row by row; 0 where log p = −∞.</summary>
    /// <param name="logProbabilities">log p, shape [rows, V], as the forward pass wrote it.</param>
    /// <param name="dLogProbabilities">g, shape [rows, V]; 0 where the entry is masked.</param>
    /// <param name="temperature">T &gt; 0.</param>
    /// <param name="dLogits">∂L/∂z, shape [rows, V]. May be the same memory as either input.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void LogBackward<T>(
        ReadOnlyMatrixView<T> logProbabilities, ReadOnlyMatrixView<T> dLogProbabilities, T temperature, MatrixView<T> dLogits, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowsDoor.Backward(logProbabilities, dLogProbabilities, temperature, dLogits, threads);
        ParallelRange.For(
            logProbabilities.Rows, RowsDoor.Grain(logProbabilities.Columns), threads, new BackwardRows<T>(logProbabilities, dLogProbabilities, double.CreateTruncating(temperature), dLogits, true));
    }

    /// <summary>Computes the mean over the rows of L = −Σ q log softmax(z/T), q = (1 − ε)·[label] + ε/k, and its gradient.</summary>
    /// <param name="logits">z, shape [rows, V], V ≥ 1; −∞ masks an entry, its gradient is 0.</param>
    /// <param name="labels">The true class of each row, from 0 to V − 1, shape [rows].</param>
    /// <param name="temperature">T &gt; 0.</param>
    /// <param name="labelSmoothing">ε from 0 to 1, spread over the k unmasked entries of the row.</param>
    /// <param name="dLogits">Gradient of the mean, (p − q)/(T·rows), shape [rows, V]. May be the same memory as <paramref name="logits"/>.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    /// <returns>The mean loss in nats; NaN without rows; +∞ when a label is masked.</returns>
    public static double CrossEntropy<T>(
        ReadOnlyMatrixView<T> logits, ReadOnlyMemory<int> labels, T temperature, T labelSmoothing, MatrixView<T> dLogits, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowsDoor.Forward(logits, temperature, dLogits, default, threads);
        Require.Length(labels.Span, logits.Rows);
        Require.Between(double.CreateTruncating(labelSmoothing), 0, 1, nameof(labelSmoothing));
        foreach (int label in labels.Span)
            Require.Between(label, 0, logits.Columns - 1, nameof(labels));

        double[] losses = ArrayPool<double>.Shared.Rent(logits.Rows);   // summed in the order of the rows, whatever the threads
        var rows = new CrossEntropyRows<T>(logits, labels, double.CreateTruncating(temperature), double.CreateTruncating(labelSmoothing), dLogits, losses);
        ParallelRange.For(logits.Rows, RowsDoor.Grain(logits.Columns), threads, rows);
        double sum = 0;
        for (int i = 0; i < logits.Rows; i++)
            sum += losses[i];
        ArrayPool<double>.Shared.Return(losses);
        return sum / logits.Rows;
    }
}
