using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>Scaled dot-product attention that never holds the matrix of probabilities, and returns every softmax's vitals from the same pass.</summary>
/// <remarks>
/// <para>o = Σⱼ pⱼ vⱼ, p = softmax(z/T) over the keys that a query sees, z as <see cref="AttentionOptions"/> says.</para>
/// <para>A query that sees nothing gets o = 0. NaN or +∞ among its scores makes its o NaN. NaN and ±∞ in a value reach the queries that see its key, and may
/// reach others of the same tile of 96 queries.</para>
/// <para>Accuracy: docs/accuracy.md. The result does not depend on <c>threads</c>, to the bit.</para>
/// <para>Cost: 2·(d + dv) operations and one exp for each key that a query sees; memory for tiles only, kept by each thread for its next call.</para>
/// <para>Source: Dao, FlashAttention-2, arXiv 2307.08691; Milakov and Gimelshein, arXiv 1805.02867.</para>
/// </remarks>
public static class FusedAttention
{
    /// <summary>Computes the attention of all heads.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="inputs">Q, K, V and what is added to their scores.</param>
    /// <param name="options">Heads, scale, masks.</param>
    /// <param name="output">O, shape [Lq, heads·dv]. Must share no memory with the inputs.</param>
    /// <param name="logSumExp">log Σ exp(z/T), which the backward pass needs, shape [heads·Lq], head after head; or empty.</param>
    /// <param name="vitals">Statistics, shape [heads·Lq], head after head; or empty.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or an option is out of range.</exception>
    public static void Forward<T>(
        in AttentionInputs<T> inputs,
        AttentionOptions options,
        MatrixView<T> output,
        Memory<double> logSumExp = default,
        Memory<AttentionStatistics> vitals = default,
        int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var plan = new AttentionPlan<T>(inputs, options);
        Require.Positive(threads);
        Require.SameShape(plan.Queries, plan.Heads * plan.ValueDepth, output.Rows, output.Columns, nameof(output));
        if (!logSumExp.IsEmpty)
            Require.Length<double>(logSumExp.Span, plan.Heads * plan.Queries);
        if (!vitals.IsEmpty)
            Require.Length<AttentionStatistics>(vitals.Span, plan.Heads * plan.Queries);
        AttentionKernels<T>.Best.Forward(plan, output, logSumExp, vitals, threads);
    }

    /// <summary>Turns ∂L/∂O into ∂L/∂Q, ∂L/∂K, ∂L/∂V and the sinks' gradient.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="inputs">The inputs of the forward pass.</param>
    /// <param name="options">Its options.</param>
    /// <param name="output">O as it wrote it, shape [Lq, heads·dv].</param>
    /// <param name="logSumExp">log Σ exp(z/T) as it wrote it, shape [heads·Lq].</param>
    /// <param name="outputGradient">∂L/∂O, shape [Lq, heads·dv].</param>
    /// <param name="gradients">Where the gradients go. Must share no memory with anything that is read.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    /// <remarks>
    /// <para>D = ⟨∂L/∂o, o⟩; ∂L/∂(z/T) = p ∘ (∂L/∂p − D), ∂L/∂p = V ∂L/∂o; a sink's is −p_sink·D/T, summed over the queries.</para>
    /// <para>A key that nobody sees and a query that sees nothing get 0.</para>
    /// <para>Cost: 2.5 times the operations of the forward pass, and one exp for each key that a query sees; memory for K and V packed and for two copies of
    /// their gradients at most, kept by the calling thread for its next call.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, or an option is out of range.</exception>
    public static void Backward<T>(
        in AttentionInputs<T> inputs,
        AttentionOptions options,
        ReadOnlyMatrixView<T> output,
        ReadOnlyMemory<double> logSumExp,
        ReadOnlyMatrixView<T> outputGradient,
        in AttentionGradients<T> gradients,
        int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var plan = new AttentionPlan<T>(inputs, options);
        Require.Positive(threads);
        Require.SameShape(plan.Queries, plan.Heads * plan.ValueDepth, output.Rows, output.Columns, nameof(output));
        Require.Length(logSumExp.Span, plan.Heads * plan.Queries);
        Require.SameShape(output.Rows, output.Columns, outputGradient.Rows, outputGradient.Columns, nameof(outputGradient));
        Like(inputs.Queries, gradients.Queries, nameof(gradients.Queries));
        Like(inputs.Keys, gradients.Keys, nameof(gradients.Keys));
        Like(inputs.Values, gradients.Values, nameof(gradients.Values));
        if (!gradients.Sinks.IsEmpty)
            Require.Length<T>(gradients.Sinks.Span, plan.Heads, nameof(gradients.Sinks));
        AttentionKernels<T>.Best.Backward(new BackwardProblem<T>(plan, output, logSumExp, outputGradient, gradients), threads);
    }

    private static void Like<T>(ReadOnlyMatrixView<T> matrix, MatrixView<T> gradient, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Require.SameShape(matrix.Rows, matrix.Columns, gradient.Rows, gradient.Columns, name);
}
