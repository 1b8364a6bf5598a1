using System.Numerics;
using Kelvin.Networks;
using Kelvin.Softmax;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;

namespace Kelvin.Transformers.Training;

/// <summary>Loss and accuracy of a transformer over a set of sequences.</summary>
public static class TokenEvaluation
{
    /// <summary>Measures a model on every sequence of a set.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="set">The sequences; they must fit the model.</param>
    /// <param name="workspace">Made for the model's configuration; the set goes through it in batches.</param>
    /// <param name="remedies">Those that change what is computed; null for none.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    /// <returns>Mean cross-entropy per scored token in nats, and the share of them whose most probable successor (the first of them) is the label.</returns>
    public static Evaluation Measure<T>(
        TransformerModel<T> model, TokenSet set, TransformerWorkspace<T> workspace, Remedies? remedies = null, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(workspace);
        CheckFits(model.Config, set, nameof(set));
        int sequences = Math.Clamp(workspace.Capacity / set.Length, 1, set.Count);
        int[] tokens = new int[sequences * set.Length], labels = new int[tokens.Length];
        var statistics = new SoftmaxStatistics[tokens.Length];
        double[] losses = new double[tokens.Length];
        double sum = 0;
        long right = 0, scored = 0;
        for (int start = 0; start < set.Count; start += sequences)
        {
            int count = Math.Min(sequences, set.Count - start), length = count * set.Length;
            for (int i = 0; i < count; i++)
                set.Copy(start + i, 0, tokens.AsSpan(i * set.Length, set.Length), labels.AsSpan(i * set.Length, set.Length));
            PassSettings<T> pass = model.Settings(tokens.AsSpan(0, length), set.Length, workspace, remedies, threads);
            TransformerPass.Forward(pass, model.Weights, tokens.AsSpan(0, length), labels.AsSpan(0, length), workspace);
            HeadPass.Measure(pass, model.Weights.Head, workspace, statistics, losses);
            ReadOnlySpan<int> asked = workspace.Scored.Labels.Span;
            for (int row = 0; row < asked.Length; row++)
            {
                right += statistics[row].ArgMax == asked[row] ? 1 : 0;
                sum += losses[row];
            }

            scored += asked.Length;
        }

        return new Evaluation(sum / scored, (double)right / scored);
    }

    internal static void CheckFits(TransformerConfig config, TokenSet set, string name)
    {
        Require.That(
            set.Length <= config.Context, $"{name} has sequences of {set.Length} tokens, but the model's context is {config.Context}; cut them shorter.", name);
        Require.That(
            set.Largest < config.VocabularySize,
            $"{name} holds the token {set.Largest}, but the model's vocabulary has {config.VocabularySize}: tokens must be from 0 to {config.VocabularySize - 1}.",
            name);
    }
}
