using Kelvin.Cli.Frame;
using Kelvin.Cli.Models;

namespace Kelvin.Cli.Generation;

/// <summary>A prompt as text and as tokens.</summary>
/// <param name="Text">The text; for a prompt given as tokens, those.</param>
/// <param name="Tokens">At least one.</param>
internal sealed record GenerationPrompt(string Text, int[] Tokens)
{
    public static GenerationPrompt OfText(ModelFolder model, string text)
    {
        if (model.Tokenizer is null)
            throw new UsageException($"{model.Name} has no tokenizer.json, so text cannot be given to it.", "Give token ids: --tokens 1,2,3.");
        try
        {
            int[] tokens = model.Tokenizer.Encode(text);
            int[] begun = tokens.Length == 0 && model.Model.Config.BeginToken is int begin ? [begin] : tokens;
            return Checked(model, text, begun);
        }
        catch (ArgumentException unknown)
        {
            throw new UsageException($"--prompt: {unknown.Message}", "Leave the character out, or use a model that knows it.", unknown);
        }
    }

    public static GenerationPrompt OfTokens(ModelFolder model, string given)
    {
        string[] parts = given.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int?[] tokens = [.. parts.Select(part => Values.WholeNumber(part, 0, model.Model.Config.VocabularySize - 1))];
        int wrong = Array.IndexOf(tokens, null);
        if (wrong >= 0)
        {
            throw new UsageException(
                $"--tokens has '{parts[wrong]}', but must hold {Values.WholeNumberRule(0, model.Model.Config.VocabularySize - 1)}.", "Separate token ids by commas: --tokens 1,2,3.");
        }

        int[] ids = [.. tokens.Select(token => token!.Value)];
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
