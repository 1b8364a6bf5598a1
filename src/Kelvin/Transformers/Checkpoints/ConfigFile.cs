using System.Text.Json;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>Reads a Hugging Face <c>config.json</c> of the Llama and GPT-2 families.</summary>
/// <remarks>
/// Sizes must be there; what has one meaning when left out (biases: none; θ: 10 000) takes it. A key that would change the computation and is
/// not supported is refused by its name; every other key is passed over.
/// </remarks>
public static class ConfigFile
{
    /// <summary>The name of the file in a model's folder.</summary>
    public const string FileName = "config.json";

    private const int LongestFile = 1 << 20;
    private const string WrongSizes = "Such a configuration does not match the tensors: use the config.json that belongs to these weights.";

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelFileException">It cannot be opened or is refused.</exception>
    public static TransformerConfig Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(ModelFile.ReadAll(path, LongestFile), path);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="json">The whole file, UTF-8.</param>
    /// <param name="file">What to call it in an error.</param>
    /// <exception cref="ModelFileException">It is no JSON, of another architecture, lacks a key, or holds one that is not supported.</exception>
    public static TransformerConfig Parse(ReadOnlyMemory<byte> json, string file)
    {
        using JsonDocument document = JsonFile.Parse(json, file);
        var root = new JsonFields(document.RootElement, file);
        TransformerConfig config = Family(root) == ModelFamily.Llama ? LlamaConfig.Read(root) : Gpt2Config.Read(root);
        return ConfigRules.FirstProblem(config) is { } problem ? throw new ModelFileException(file, null, problem, WrongSizes) : config;
    }

    /// <summary>Writes a configuration so that <see cref="Parse"/> reads the same again, and other programs read it too.</summary>
    /// <exception cref="ArgumentException">The configuration does not hold.</exception>
    public static void Write(Stream destination, TransformerConfig config)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        using var json = new Utf8JsonWriter(destination, new JsonWriterOptions { Indented = true });
        ConfigWriting.Write(json, config);
    }

    private static ModelFamily Family(JsonFields root)
    {
        string type = root.FindText(ConfigKeys.ModelType) ?? throw root.Fault(ConfigKeys.ModelType, "is missing");
        return type switch
        {
            "llama" => ModelFamily.Llama,
            "gpt2" => ModelFamily.Gpt2,
            _ => throw new ModelFileException(
                root.File, null, $"Unsupported architecture {type}: the supported ones are llama and gpt2.", "Use a checkpoint of one of these."),
        };
    }
}
