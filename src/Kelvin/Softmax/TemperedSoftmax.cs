namespace Kelvin.Softmax;

/// <summary>The softmax of one row of logits at a temperature, with its statistics, its backward pass and its cross-entropy.</summary>
public static class TemperedSoftmax
{
    /// <inheritdoc cref="Probabilities(ReadOnlySpan{double}, double, Span{double})"/>
    public static void Probabilities(ReadOnlySpan<float> logits, float temperature, Span<float> probabilities)
    {
        Door.Forward(logits, temperature, probabilities);
        RowKernels<float>.Best.Probabilities(logits, temperature, probabilities);
    }

    /// <summary>Turns one row of logits z into p = softmax(z/T).</summary>
    /// <param name="logits">z, shape [V], V ≥ 1. −∞ marks a masked entry and gets probability 0.</param>
    /// <param name="temperature">T &gt; 0, in the logits' own unit.</param>
    /// <param name="probabilities">p, shape [V]. May be the same memory as <paramref name="logits"/>.</param>
    public static void Probabilities(ReadOnlySpan<double> logits, double temperature, Span<double> probabilities)
    {
        Door.Forward(logits, temperature, probabilities);
        RowKernels<double>.Best.Probabilities(logits, temperature, probabilities);
    }

    /// <inheritdoc cref="LogProbabilities(ReadOnlySpan{double}, double, Span{double})"/>
    public static void LogProbabilities(ReadOnlySpan<float> logits, float temperature, Span<float> logProbabilities)
    {
        Door.Forward(logits, temperature, logProbabilities);
        RowKernels<float>.Best.LogProbabilities(logits, temperature, logProbabilities);
    }

    /// <summary>Turns one row of logits z into log p = log softmax(z/T).</summary>
    /// <param name="logits">z, shape [V], V ≥ 1.</param>
    /// <param name="temperature">T &gt; 0.</param>
    /// <param name="logProbabilities">log p, shape [V]. May be the same memory as <paramref name="logits"/>.</param>
    public static void LogProbabilities(ReadOnlySpan<double> logits, double temperature, Span<double> logProbabilities)
    {
        Door.Forward(logits, temperature, logProbabilities);
        RowKernels<double>.Best.LogProbabilities(logits, temperature, logProbabilities);
    }

    /// <inheritdoc cref="Forward(ReadOnlySpan{double}, double, Span{double})"/>
    public static SoftmaxStatistics Forward(ReadOnlySpan<float> logits, float temperature, Span<float> probabilities)
    {
        Door.Forward(logits, temperature, probabilities);
        RowKernels<float>.Best.Forward(logits, temperature, probabilities, out SoftmaxStatistics statistics);
        return statistics;
    }

    /// <summary>Turns one row of logits z into p = softmax(z/T) and returns the row's statistics.</summary>
    /// <param name="logits">z, shape [V], V ≥ 1. −∞ marks a masked entry and gets probability 0.</param>
    /// <param name="temperature">T &gt; 0, in the logits' own unit.</param>
    /// <param name="probabilities">p, shape [V]. May be the same memory as <paramref name="logits"/>.</param>
    public static SoftmaxStatistics Forward(ReadOnlySpan<double> logits, double temperature, Span<double> probabilities)
    {
        Door.Forward(logits, temperature, probabilities);
        RowKernels<double>.Best.Forward(logits, temperature, probabilities, out SoftmaxStatistics statistics);
        return statistics;
    }

    /// <inheritdoc cref="Statistics(ReadOnlySpan{double}, double)"/>
    public static SoftmaxStatistics Statistics(ReadOnlySpan<float> logits, float temperature)
    {
        Require.NotEmpty(logits);
        Require.Temperature(temperature);
        RowKernels<float>.Best.Statistics(logits, temperature, out SoftmaxStatistics statistics);
        return statistics;
    }

    /// <summary>Computes the statistics of softmax(z/T) without writing the probabilities.</summary>
    /// <param name="logits">z, shape [V], V ≥ 1.</param>
    /// <param name="temperature">T &gt; 0.</param>
    public static SoftmaxStatistics Statistics(ReadOnlySpan<double> logits, double temperature)
    {
        Require.NotEmpty(logits);
        Require.Temperature(temperature);
        RowKernels<double>.Best.Statistics(logits, temperature, out SoftmaxStatistics statistics);
        return statistics;
    }

    /// <inheritdoc cref="Backward(ReadOnlySpan{double}, ReadOnlySpan{double}, double, Span{double})"/>
    public static void Backward(
        ReadOnlySpan<float> probabilities, ReadOnlySpan<float> dProbabilities, float temperature, Span<float> dLogits)
    {
        Door.Backward(probabilities, dProbabilities, temperature, dLogits);
        RowKernels<float>.Best.Backward(probabilities, dProbabilities, temperature, dLogits);
    }

    /// <summary>Turns ∂L/∂p into ∂L/∂z = p ∘ (∂L/∂p − ⟨p, ∂L/∂p⟩)/T.</summary>
    /// <param name="probabilities">p, shape [V], V ≥ 1, as <see cref="Forward(ReadOnlySpan{double}, double, Span{double})"/> wrote it.</param>
    /// <param name="dProbabilities">∂L/∂p, shape [V].</param>
    /// <param name="temperature">T &gt; 0.</param>
    /// <param name="dLogits">∂L/∂z, shape [V]. May be the same memory as either input.</param>
    public static void Backward(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<double> dProbabilities, double temperature, Span<double> dLogits)
    {
        Door.Backward(probabilities, dProbabilities, temperature, dLogits);
        RowKernels<double>.Best.Backward(probabilities, dProbabilities, temperature, dLogits);
    }

    /// <inheritdoc cref="LogBackward(ReadOnlySpan{double}, ReadOnlySpan{double}, double, Span{double})"/>
    public static void LogBackward(
        ReadOnlySpan<float> logProbabilities, ReadOnlySpan<float> dLogProbabilities, float temperature, Span<float> dLogits)
    {
        Door.Backward(logProbabilities, dLogProbabilities, temperature, dLogits);
        RowKernels<float>.Best.LogBackward(logProbabilities, dLogProbabilities, temperature, dLogits);
    }

    /// <summary>Turns g = ∂L/∂(log p) into ∂L/∂z = (g − p Σg)/T.</summary>
    /// <param name="logProbabilities">log p, shape [V], V ≥ 1, as <see cref="LogProbabilities(ReadOnlySpan{double}, double, Span{double})"/> wrote it.</param>
    /// <param name="dLogProbabilities">g, shape [V].</param>
    /// <param name="temperature">T &gt; 0.</param>
    /// <param name="dLogits">∂L/∂z, shape [V]. May be the same memory as either input.</param>
    public static void LogBackward(
        ReadOnlySpan<double> logProbabilities, ReadOnlySpan<double> dLogProbabilities, double temperature, Span<double> dLogits)
    {
        Door.Backward(logProbabilities, dLogProbabilities, temperature, dLogits);
        RowKernels<double>.Best.LogBackward(logProbabilities, dLogProbabilities, temperature, dLogits);
    }

    /// <inheritdoc cref="CrossEntropy(ReadOnlySpan{double}, int, double, Span{double}, double)"/>
    public static double CrossEntropy(
        ReadOnlySpan<float> logits, int label, float temperature, Span<float> dLogits, float labelSmoothing = 0)
    {
        Door.CrossEntropy(logits, label, temperature, dLogits, labelSmoothing);
        return RowKernels<float>.Best.CrossEntropy(logits, label, temperature, labelSmoothing, 1, dLogits);
    }

    /// <summary>Computes L = −Σ q log softmax(z/T) and its gradient ∂L/∂z = (p − q)/T in one go; q = (1 − ε)·[label] + ε/k.</summary>
    /// <param name="logits">z, shape [V], V ≥ 1.</param>
    /// <param name="label">Index of the true class, from 0 to V − 1.</param>
    /// <param name="temperature">T &gt; 0.</param>
    /// <param name="dLogits">∂L/∂z, shape [V]. May be the same memory as <paramref name="logits"/>.</param>
    /// <param name="labelSmoothing">ε from 0 to 1, spread over the k unmasked entries.</param>
    /// <returns>L in nats.</returns>
    public static double CrossEntropy(
        ReadOnlySpan<double> logits, int label, double temperature, Span<double> dLogits, double labelSmoothing = 0)
    {
        Door.CrossEntropy(logits, label, temperature, dLogits, labelSmoothing);
        return RowKernels<double>.Best.CrossEntropy(logits, label, temperature, labelSmoothing, 1, dLogits);
    }
}
