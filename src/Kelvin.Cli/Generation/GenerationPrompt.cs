using Kelvin.Cli.Frame;
using Kelvin.Cli.Models;

namespace Kelvin.Cli.Generation;

/// <summary>A prompt as text and as tokens.</summary>
/// <param name="Text">The text; for a prompt given as tokens, those.</param>
/// <param name="Tokens">At least one.</param>
internal sealed record GenerationPrompt(string Text, int[] Tokens)
{
    public static GenerationPrompt OfText(ModelFolder model, string text) => Checked(model, text, model.Tokens.OfText(text, "--prompt"));

    public static GenerationPrompt OfTokens(ModelFolder model, string given)
    {
        int[] ids = model.Tokens.OfIds(given);
        string text = model.Tokenizer is { } tokenizer && ids.All(id => id < tokenizer.VocabularySize) ? tokenizer.Decode(ids, keepsSpecial: true) : $"[{string.Join(", ", ids)}]";
        return Checked(model, text, ids);
    }

    private static GenerationPrompt Checked(ModelFolder model, string text, int[] tokens)
    {
        if (tokens.Length == 0)
            throw new UsageException("The prompt is empty, and this model has no token that begins a text.", "Give at least one character, or --tokens.");
        int context = model.Model.Config.Context;
        if (tokens.Length >= context)
        {
            throw new UsageException(
                FormattableString.Invariant($"The prompt has {tokens.Length} tokens, but the model's context is {context} and must hold the answer too."), "Shorten the prompt.");
        }

        return new GenerationPrompt(text, tokens);
    }
}
