using Kelvin.Cli.Frame;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Cli.Models;

/// <summary>Turns what a user gives into tokens of a model; says what does not fit.</summary>
/// <param name="name">What the user calls the model.</param>
/// <param name="config">Of the model.</param>
/// <param name="tokenizer">Its tokenizer; null where it has none.</param>
internal sealed class ModelTokens(string name, TransformerConfig config, Tokenizer? tokenizer)
{
    /// <summary>The tokens of a text; of an empty one the token that begins a text, if the model has one.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="flag">Where it was given, for messages.</param>
    public int[] OfText(string text, string flag)
    {
        if (tokenizer is null)
            throw new UsageException($"{name} has no tokenizer.json, so text cannot be given to it.", "Give token ids: --tokens 1,2,3.");
        try
        {
            int[] tokens = tokenizer.Encode(text);
            return tokens.Length == 0 && config.BeginToken is int begin ? [begin] : tokens;
        }
        catch (ArgumentException unknown)
        {
            throw new UsageException($"{flag}: {unknown.Message}", "Leave the character out, or use a model that knows it.", unknown);
        }
    }

    /// <summary>Token ids, separated by commas or blanks.</summary>
    /// <param name="given">The ids as they were written.</param>
    /// <param name="flag">Where they were given, for messages.</param>
    public int[] OfIds(string given, string flag = "--tokens")
    {
        string[] parts = given.Split([',', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int?[] tokens = [.. parts.Select(part => Values.WholeNumber(part, 0, config.VocabularySize - 1))];
        int wrong = Array.IndexOf(tokens, null);
        if (wrong >= 0)
        {
            throw new UsageException(
                $"{flag} has '{parts[wrong]}', but must hold {Values.WholeNumberRule(0, config.VocabularySize - 1)}.", "Separate token ids by commas: --tokens 1,2,3.");
        }

        return [.. tokens.Select(token => token!.Value)];
    }
}
