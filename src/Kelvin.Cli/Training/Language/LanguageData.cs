using System.Globalization;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Training.Language.Config;
using Kelvin.Datasets.Tasks;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Training;
using MathNet.Numerics.Random;

namespace Kelvin.Cli.Training.Language;

/// <summary>The text of a run as tokens: what is learnt from, what is measured on, and the model that fits them.</summary>
/// <param name="Name">What the data are called.</param>
/// <param name="Tokenizer">How the text became tokens.</param>
/// <param name="Model">Shape of the model.</param>
/// <param name="Train">What it learns from.</param>
/// <param name="Validation">What it is measured on.</param>
internal sealed record LanguageData(string Name, LanguageTokenizer Tokenizer, TransformerConfig Model, TokenSet Train, TokenSet Validation)
{
    private const int ValidationItems = 2000;
    private const int ValidationSeed = 1_000_003;   // added to the data's seed: the held-out items are others anyway

    /// <summary>Reads or makes the data that a configuration names.</summary>
    public static LanguageData Load(CliHost host, BoundConfig<LanguageConfig> bound)
    {
        TextConfig data = bound.Value.Data;
        if (data.IsTasks)
        {
            TextPair[] train = [.. Items(TaskPart.Train, data.Seed, data.Items)];
            TextPair[] held = [.. Items(TaskPart.HeldOut, unchecked(data.Seed + ValidationSeed), ValidationItems)];
            return OfPairs(host, bound, TextConfig.Tasks, train, held);
        }

        var source = new TextSource(host, bound);
        IReadOnlyList<string> files = source.Files();
        string name = files.Count == 1 ? Path.GetFileName(files[0]) : string.Create(CultureInfo.InvariantCulture, $"{files.Count} files");
        if (!source.IsPrompts(files))
            return OfText(host, bound, name, [.. files.Select(source.Text)]);

        TextPair[] pairs = [.. files.SelectMany(source.Pairs)];
        int validation = (int)Math.Ceiling(pairs.Length * data.ValidationShare);
        if (pairs.Length < 2)
            throw bound.Error("data.source", FormattableString.Invariant($"{name} holds {pairs.Length} pairs of prompt and completion, but there must be two or more."), "Give more.");
        new Xoshiro256StarStar(data.Seed, threadSafe: false).Shuffle(pairs);
        return OfPairs(host, bound, name, pairs[validation..], pairs[..validation]);
    }

    private static IEnumerable<TextPair> Items(TaskPart part, int seed, int count) =>
        TaskItems.Corpus(part, seed).Take(count).Select(item => new TextPair(item.Prompt, item.Answer, TextConfig.Tasks));

    private static LanguageData OfPairs(CliHost host, BoundConfig<LanguageConfig> bound, string name, TextPair[] train, TextPair[] validation)
    {
        LanguageTokenizer tokenizer = LanguageTokenizer.Of(host, bound, train.Concat(validation).SelectMany(pair => new[] { pair.Prompt, pair.Completion }));
        if (tokenizer.End is not { } end)
            throw bound.Error("tokenizer.file", "the tokenizer has no token that ends a text, but completions need one.", "Name it as tokenizer.end.");

        TransformerConfig model = ModelFor(bound, tokenizer);
        int limit = Math.Min(model.Context, bound.Value.Data.Length ?? int.MaxValue);
        AnswerTokens[] learnt = Array.ConvertAll(train, Tokens), held = Array.ConvertAll(validation, Tokens);
        int length = bound.Value.Data.Length ?? learnt.Concat(held).Max(pair => pair.Length);
        return new LanguageData(name, tokenizer, model, AnswerSets.Of(learnt, end, length), AnswerSets.Of(held, end, length));

        AnswerTokens Tokens(TextPair pair)
        {
            int[] answer = [.. Encode(tokenizer, pair.Completion, pair.Place, addsSpecial: false), end];
            var tokens = new AnswerTokens(Encode(tokenizer, pair.Prompt, pair.Place), answer);
            return tokens.Length <= limit ? tokens : throw new UsageException(
                FormattableString.Invariant($"{pair.Place}: prompt and completion have {tokens.Length} tokens, but a sequence has at most {limit}."),
                "Shorten them, or raise data.length and model.context.");
        }
    }

    private static LanguageData OfText(CliHost host, BoundConfig<LanguageConfig> bound, string name, IReadOnlyList<string> texts)
    {
        if (texts.All(string.IsNullOrWhiteSpace))
            throw bound.Error("data.source", $"{name} holds no text.", "Give text to learn from.");

        LanguageTokenizer tokenizer = LanguageTokenizer.Of(host, bound, texts);
        TransformerConfig model = ModelFor(bound, tokenizer);
        int length = bound.Value.Data.Length ?? model.Context;
        if (length > model.Context)
        {
            throw bound.Error(
                "data.length", FormattableString.Invariant($"data.length is {length}, but the model's context is {model.Context}."), "Shorten the sequences, or raise model.context.");
        }

        List<int> tokens = [];
        foreach (string text in texts)
        {
            tokens.AddRange(Encode(tokenizer, text, name));
            if (tokenizer.End is { } end)
                tokens.Add(end);
        }

        int validation = Math.Max(length + 1, (int)(tokens.Count * bound.Value.Data.ValidationShare));
        if (tokens.Count - validation <= length)
        {
            throw bound.Error(
                "data.source",
                FormattableString.Invariant($"{name} has {tokens.Count} tokens, but {2 * (length + 1)} are needed to train and validate on sequences of {length}."),
                "Give more text, or shorten the sequences with data.length.");
        }

        int[] all = [.. tokens];
        return new LanguageData(
            name, tokenizer, model, TokenSet.OfText(all.AsMemory(0, all.Length - validation), length), TokenSet.OfText(all.AsMemory(all.Length - validation), length));
    }

    private static TransformerConfig ModelFor(BoundConfig<LanguageConfig> bound, LanguageTokenizer tokenizer)
    {
        TransformerConfig model = bound.Value.Model.ToConfig(tokenizer.Tokenizer.VocabularySize, tokenizer.End);
        return model.VocabularySize >= tokenizer.Tokenizer.VocabularySize ? model : throw bound.Error(
            "model.vocabulary",
            FormattableString.Invariant($"model.vocabulary is {model.VocabularySize}, but the tokenizer has {tokenizer.Tokenizer.VocabularySize} tokens."),
            "Leave it out, or raise it.");
    }

    private static int[] Encode(LanguageTokenizer tokenizer, string text, string place, bool addsSpecial = true)
    {
        try
        {
            return tokenizer.Tokenizer.Encode(text, addsSpecial);
        }
        catch (ArgumentException unknown)
        {
            throw new UsageException($"{place}: {unknown.Message}", "Use a tokenizer that can spell it, or take tokenizer.kind bytes.", unknown);
        }
    }
}
