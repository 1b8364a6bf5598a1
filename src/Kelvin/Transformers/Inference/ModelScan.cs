namespace Kelvin.Transformers.Inference;

/// <summary>Sends a text through a model once, layer by layer, and shows what goes into every softmax.</summary>
/// <remarks>
/// Memory, beside the model's: n·(7D + (H + 2K)·d + H·d + 2F + F) floats between the layers (2F is F where the feed-forward part has no gate),
/// keys and values of one layer, and logits for 8 million entries, or of one position if those are more.
/// </remarks>
public static class ModelScan
{
    /// <summary>Runs the text.</summary>
    /// <param name="model">The model; one <see cref="LanguageModel.Over"/> a checkpoint is read once, its output head once for each portion of the logits.</param>
    /// <param name="tokens">n of them, from 1 to the model's context.</param>
    /// <param name="observer">Is shown queries, keys and logits.</param>
    /// <param name="threads">At most so many.</param>
    /// <exception cref="ArgumentException">There is no token, one is not in the vocabulary, or there are more than the context holds.</exception>
    public static void Run(LanguageModel model, ReadOnlyMemory<int> tokens, IModelObserver observer, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(observer);
        Require.NotEmpty(tokens.Span);
        Require.That(tokens.Length <= model.Config.Context, $"There are {tokens.Length} tokens, but the model's context is {model.Config.Context}; shorten the text.", nameof(tokens));
        new InferencePass(model, threads).Scan(tokens, observer);
    }
}
