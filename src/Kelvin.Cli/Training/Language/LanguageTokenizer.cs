using System.Text;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Training.Language.Config;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Cli.Training.Language;

/// <summary>The tokenizer of a run, and the file that goes beside the model.</summary>
/// <param name="Tokenizer">Text to tokens.</param>
/// <param name="Json">The bytes of its <c>tokenizer.json</c>.</param>
/// <param name="End">The token that ends a text, or null if it has none.</param>
internal sealed record LanguageTokenizer(Tokenizer Tokenizer, byte[] Json, int? End)
{
    private const string EndToken = "<end>";
    private static readonly string[] UsualEnds = ["<|endoftext|>", "<|end_of_text|>", "</s>", "<eos>", EndToken];

    /// <summary>Makes the tokenizer that a configuration asks for.</summary>
    /// <param name="host">Knows the current folder.</param>
    /// <param name="bound">The configuration.</param>
    /// <param name="texts">All that is to be encoded.</param>
    public static LanguageTokenizer Of(CliHost host, BoundConfig<LanguageConfig> bound, IEnumerable<string> texts)
    {
        TokenizerConfig config = bound.Value.Tokenizer;
        if (config.Kind == TokenizerKind.File)
            return Read(host, bound, config);

        byte[] json = config.Kind == TokenizerKind.Bytes ? PlainTokenizers.Bytes(EndToken) : PlainTokenizers.Characters(Alphabet(texts), EndToken);
        Tokenizer tokenizer = TokenizerFile.Parse(json, TokenizerFile.FileName);
        return new LanguageTokenizer(tokenizer, json, tokenizer.Find(EndToken));
    }

    private static string Alphabet(IEnumerable<string> texts)
    {
        var runes = new SortedSet<Rune>();
        foreach (string text in texts)
            runes.UnionWith(text.EnumerateRunes());
        return string.Concat(runes);
    }

    private static LanguageTokenizer Read(CliHost host, BoundConfig<LanguageConfig> bound, TokenizerConfig config)
    {
        string path = Path.GetFullPath(config.File!, Path.GetDirectoryName(host.FullPath(bound.File))!);
        if (!File.Exists(path))
            throw bound.Error("tokenizer.file", $"tokenizer.file is {config.File}, but there is no such file.", $"Looked for {path}; paths start at the folder of {bound.File}.");
        try
        {
            byte[] json = File.ReadAllBytes(path);
            Tokenizer tokenizer = TokenizerFile.Parse(json, host.ShortPath(path));
            int? end = config.End is { } named
                ? tokenizer.Find(named) ?? throw bound.Error("tokenizer.end", $"tokenizer.end is {named}, but {config.File} has no such token.", "Spell it as the file does, or leave it out.")
                : UsualEnds.Select(tokenizer.Find).FirstOrDefault(id => id is not null);
            return new LanguageTokenizer(tokenizer, json, end);
        }
        catch (ModelFileException refused)
        {
            throw bound.Error("tokenizer.file", $"{refused.File}: {refused.Problem}", refused.Remedy, refused);
        }
    }
}
