using System.Text;
using System.Text.Json.Nodes;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Tests.Transformers.Tokenizers;

/// <summary>The small tokenizers of the fixtures.</summary>
internal static class TokenizerFixtures
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "fixtures", "tokenizers");

    public static TheoryData<string> Names { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.tokenizer.json").Select(path => Path.GetFileName(path).Replace(".tokenizer.json", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static Tokenizer Load(string name) => TokenizerFile.Load(PathOf(name));

    public static string PathOf(string name) => Path.Combine(Folder, name + ".tokenizer.json");

    /// <summary>A tokenizer of the fixtures with a change in its file.</summary>
    public static Tokenizer Changed(string name, Action<JsonNode> change)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(PathOf(name)))!;
        change(root);
        return TokenizerFile.Parse(Encoding.UTF8.GetBytes(root.ToJsonString()), "tokenizer.json");
    }
}
