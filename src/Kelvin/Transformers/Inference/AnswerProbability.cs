using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Transformers.Training;

namespace Kelvin.Transformers.Inference;

/// <summary>The probability that a model, sampled at a temperature, gives an answer to the token.</summary>
/// <remarks>
/// <para>P(answer) = ∏ᵢ softmax(zᵢ/T)[aᵢ] over the answer's tokens, its end included; at T = 0 it is 1 where every aᵢ is the first of the largest
/// logits, else 0. It is the mean over infinitely many samples, from one pass for all temperatures.</para>
/// <para>NaN in a row of logits makes the answer's probability NaN (0 at T = 0). Cost: one pass over the tokens, and a softmax per answer token and T.</para>
/// </remarks>
public sealed class AnswerProbability
{
    private const int MostLogits = 1 << 22;
    private readonly LanguageModel _model;
    private readonly InferencePass _pass;
    private readonly double[] _temperatures;

    /// <summary>Prepares to measure.</summary>
    /// <param name="model">The model.</param>
    /// <param name="temperatures">Each T ≥ 0; at least one.</param>
    /// <param name="threads">At most so many; the result does not depend on it.</param>
    public AnswerProbability(LanguageModel model, IReadOnlyList<double> temperatures, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(temperatures);
        Require.That(temperatures.Count > 0, "There is no temperature, but at least one is needed.", nameof(temperatures));
        foreach (double temperature in temperatures)
            Require.Between(temperature, 0, double.MaxValue, nameof(temperatures));
        _pass = new InferencePass(model, threads);
        (_model, _temperatures) = (model, [.. temperatures]);
    }

    /// <summary>Measures answers.</summary>
    /// <param name="pairs">Each fits the model's context and vocabulary.</param>
    /// <returns>P, shape [pairs, temperatures].</returns>
    /// <exception cref="ArgumentException">A pair is empty, too long, or holds a token outside the vocabulary.</exception>
    public double[,] Measure(IReadOnlyList<AnswerTokens> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        double[,] probabilities = new double[pairs.Count, _temperatures.Length];
        for (int start = 0, end; start < pairs.Count; start = end)
        {
            end = EndOfBatch(pairs, start);
            MeasureBatch(pairs, start, end, probabilities);
        }

        return probabilities;
    }

    /// <summary>The pairs from start on whose logits fit the room; at least one.</summary>
    private int EndOfBatch(IReadOnlyList<AnswerTokens> pairs, int start)
    {
        long logits = 0;
        int end = start;
        do
            logits += (long)pairs[end++].Length * _model.Config.VocabularySize;
        while (end < pairs.Count && logits < MostLogits);
        return end;
    }

    private void MeasureBatch(IReadOnlyList<AnswerTokens> pairs, int start, int end, double[,] probabilities)
    {
        var chunks = new SequenceChunk[end - start];
        int[][] labels = new int[chunks.Length][];
        for (int i = 0; i < chunks.Length; i++)
        {
            AnswerTokens pair = pairs[start + i];
            int[] tokens = new int[pair.Length];
            pair.CopyTo(tokens, labels[i] = new int[pair.Length]);
            chunks[i] = new SequenceChunk(new KeyValueCache(_model.Config, pair.Length), tokens);
        }

        MatrixView<float> logits = MatrixView.Allocate<float>(labels.Sum(row => row.Length), _model.Config.VocabularySize);
        _pass.Forward(chunks, LogitRows.All, logits);
        int first = 0;
        for (int i = 0; i < chunks.Length; i++)
        {
            for (int t = 0; t < _temperatures.Length; t++)
                probabilities[start + i, t] = Probability(logits.RowRange(first, labels[i].Length), labels[i], _temperatures[t]);
            first += labels[i].Length;
        }
    }

    private static double Probability(MatrixView<float> logits, int[] labels, double temperature)
    {
        double logProbability = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] < 0)
                continue;
            SoftmaxStatistics row = TemperedSoftmax.Statistics(logits.Row(i), temperature == 0 ? 1 : (float)temperature);
            if (temperature > 0)
                logProbability += (logits.Row(i)[labels[i]] / temperature) - row.LogSumExp;
            else if (row.ArgMax != labels[i])
                return 0;
        }

        return Math.Exp(logProbability);
    }
}
