using System.Text.Json;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Models;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Cli.Inspection;

/// <summary>Reads the text that a checkpoint is run on.</summary>
internal static class InspectedText
{
    /// <summary>The tokens and where they came from; null if nothing was given.</summary>
    public static (int[] Tokens, string Origin)? Read(CliHost host, ModelTokens tokens, TextChoice given)
    {
        if (given.Text is { } text)
            return (tokens.OfText(text, "--text"), "from --text");
        if (given.Tokens is { } ids)
            return (tokens.OfIds(ids), "from --tokens");
        if (given.File is not { } path)
            return null;

        string content = Content(host, path);
        return path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? (tokens.OfIds(string.Join(',', Numbers(content, path)), path), $"ids from {path}")
            : (tokens.OfText(content, path), $"text from {path}");
    }

    /// <summary>The text of each token; empty where they cannot be spelt.</summary>
    public static IReadOnlyList<string> Pieces(Tokenizer? tokenizer, int[] tokens)
    {
        if (tokenizer is null || tokens.Any(token => token >= tokenizer.VocabularySize))
            return [];
        TokenText stream = tokenizer.Stream(keepsSpecial: true);
        return [.. tokens.Select(stream.Append)];
    }

    private static string Content(CliHost host, string path)
    {
        using FileStream file = InputFile.Open(host, path, "the text");
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    private static IEnumerable<string> Numbers(string content, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            if (document.RootElement.ValueKind == JsonValueKind.Array)
                return [.. document.RootElement.EnumerateArray().Select(element => element.GetRawText())];
        }
        catch (JsonException refused)
        {
            throw new UsageException($"{path} is no valid JSON: {refused.Message}", "Write an array of token ids: [1, 2, 3].", refused);
        }

        throw new UsageException($"{path} holds no array.", "Write an array of token ids: [1, 2, 3].");
    }
}
