using System.Globalization;
using System.Text.Json;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Tokenizers;

/// <summary>Reads a Hugging Face <c>tokenizer.json</c>.</summary>
/// <remarks>
/// Read are BPE (byte-level and with byte fallback) and Unigram, with the steps that GPT-2, Llama 2, Llama 3 and their kin use. A step of another
/// type is refused by name: passing it over would give other tokens than the model learnt. Truncation and padding are not the tokenizer's to do here.
/// </remarks>
public static class TokenizerFile
{
    /// <summary>The name of the file in a model's folder.</summary>
    public const string FileName = "tokenizer.json";

    private const int LongestFile = 64 << 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelFileException">It cannot be opened, is damaged, or holds what is not supported.</exception>
    public static Tokenizer Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(ModelFile.ReadAll(path, LongestFile), path);
    }

    /// <summary>Reads the tokenizer of a model's folder and makes sure that the model knows all its tokens.</summary>
    /// <exception cref="ModelFileException">It cannot be opened, is damaged, holds what is not supported, or has more tokens than the model.</exception>
    public static Tokenizer LoadFor(string folder, TransformerConfig config)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(config);
        string path = Path.Combine(folder, FileName);
        Tokenizer tokenizer = Load(path);
        return tokenizer.VocabularySize <= config.VocabularySize ? tokenizer : throw new ModelFileException(
            path, null,
            string.Create(CultureInfo.InvariantCulture, $"The tokenizer has token ids up to {tokenizer.VocabularySize - 1}, outside the model's vocabulary of {config.VocabularySize}."),
            "Use the tokenizer that belongs to this model.");
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="json">The whole file, UTF-8.</param>
    /// <param name="file">What to call it in an error.</param>
    /// <exception cref="ModelFileException">It is damaged, or holds what is not supported.</exception>
    public static Tokenizer Parse(ReadOnlyMemory<byte> json, string file)
    {
        using JsonDocument document = JsonFile.Parse(json, file);
        var root = new JsonFields(document.RootElement, file);
        ITokenModel model = ModelReading.Read(root.GetObject("model"));
        IReadOnlyList<AddedToken> added = AddedTokenReading.Read(root, model.Vocabulary);
        (IReadOnlyList<int> before, IReadOnlyList<int> after) = TemplateReading.Read(root.FindObject("post_processor"));
        var steps = new TokenizerSteps(
            NormalizerReading.Read(root.FindObject("normalizer")), CutterReading.Read(root.FindObject("pre_tokenizer")), before, after);
        TokenDecoder decoder = DecoderReading.Read(root.FindObject("decoder"));
        if (model.Vocabulary.Count + added.Count == 0)
            throw new ModelFileException(file, null, "The vocabulary is empty.", "Use the tokenizer that belongs to the model.");
        return new Tokenizer(model, steps, decoder, added);
    }

    /// <summary>What is said of a step that is not supported.</summary>
    internal static ModelFileException Unsupported(JsonFields step, string what, string supported) => new(
        step.File, null, $"Unsupported {what} {step.FindText("type") ?? "without a type"}: the supported ones are {supported}.",
        "Use a model whose tokenizer has only these: passing the step over would give other tokens than the model learnt.");

    /// <summary>The steps themselves, or those inside a <c>Sequence</c>.</summary>
    internal static IEnumerable<JsonFields> Flatten(JsonFields? step, string list)
    {
        if (step is null)
            return [];
        return step.FindText("type") == "Sequence"
            ? step.GetArray(list).SelectMany(inner => Flatten(step.AsObject(inner, list), list))
            : [step];
    }
}
