using System.Numerics;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Blocks;

/// <summary>The loss of a language model, fused with its output softmax: loss, gradient and vitals from one pass over the logits.</summary>
/// <remarks>
/// <para>L = Σ w (−log p_label + c (log Z)²), p = softmax(z), log Z = log Σ exp z; the second term, the z-loss, keeps log Z near 0.</para>
/// <para>∂L/∂z = w (p (1 + 2 c log Z) − [label]).</para>
/// <para>NaN or +∞ in a row, or nothing but −∞: gradient and loss of that row are NaN. A label whose logit is −∞ gives +∞.</para>
/// <para>Accuracy: that of the softmax; a confident right answer keeps its small loss and gradient. Cost: three passes, one exp each entry.</para>
/// <para>Source of the z-loss: Chowdhery et al., arXiv 2204.02311, section 5.</para>
/// </remarks>
public static class TokenLoss
{
    /// <summary>Turns logits into gradients, and measures loss and vitals of every row on the way.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="logits">z on entry, ∂L/∂z on return; shape [n, V], V ≥ 1.</param>
    /// <param name="labels">The right token of each row, from 0 to V − 1, shape [n].</param>
    /// <param name="weight">w, 1 over the number of tokens in the mean; finite.</param>
    /// <param name="zCoefficient">c ≥ 0; 0 for no z-loss, 1e-4 is customary.</param>
    /// <param name="statistics">The vitals of each row's softmax, shape [n].</param>
    /// <param name="losses">−log p_label of each row in nats, without weight and z-loss; shape [n].</param>
    /// <param name="threads">1: the caller alone; n: at most n threads. The result is the same to the bit.</param>
    public static void ForwardBackward<T>(
        MatrixView<T> logits,
        ReadOnlyMemory<int> labels,
        double weight,
        double zCoefficient,
        Memory<SoftmaxStatistics> statistics,
        Memory<double> losses,
        int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.FloatOrDouble<T>();
        Require.Positive(logits.Columns, "V");
        Require.Length(labels.Span, logits.Rows);
        Require.Labels(labels.Span, logits.Columns);
        Require.Length<SoftmaxStatistics>(statistics.Span, logits.Rows);
        Require.Length<double>(losses.Span, logits.Rows);
        Require.Between(weight, double.MinValue, double.MaxValue);
        Require.Between(zCoefficient, 0, double.MaxValue);
        int grain = Math.Max(8, 65_536 / logits.Columns / 8 * 8);
        ParallelRange.For(logits.Rows, grain, threads, new Body<T>(logits, labels, weight, zCoefficient, statistics, losses));
    }

    private readonly struct Body<T>(
        MatrixView<T> logits, ReadOnlyMemory<int> labels, double weight, double zCoefficient, Memory<SoftmaxStatistics> statistics, Memory<double> losses)
        : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end) => RowKernels<T>.Best.Losses(
            logits.Span[(start * logits.Stride)..], logits.Stride, logits.Columns, labels.Span[start..end], weight, zCoefficient, statistics.Span[start..end], losses.Span[start..end]);
    }
}
