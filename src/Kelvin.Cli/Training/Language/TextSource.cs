using System.Text;
using System.Text.Json;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Training.Language.Config;

namespace Kelvin.Cli.Training.Language;

/// <summary>Reads the user's own text: files, the files of folders, or prompts with completions.</summary>
/// <param name="host">Knows the current folder.</param>
/// <param name="bound">The configuration that names them.</param>
internal sealed class TextSource(CliHost host, BoundConfig<LanguageConfig> bound)
{
    private static readonly string[] TextEndings = [".txt", ".md"];
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The files, in the order they are named; those of a folder by name.</summary>
    public IReadOnlyList<string> Files()
    {
        string folder = Path.GetDirectoryName(host.FullPath(bound.File))!;
        return [.. bound.Value.Data.Source.SelectMany(name => FilesOf(name, Path.GetFullPath(name, folder)))];
    }

    /// <summary>Whether the files hold prompts and completions.</summary>
    public bool IsPrompts(IReadOnlyList<string> files)
    {
        TextFormat format = bound.Value.Data.Format;
        if (format != TextFormat.Auto)
            return format == TextFormat.Prompts;

        int prompts = files.Count(file => file.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase));
        return prompts == 0 || prompts == files.Count
            ? prompts > 0
            : throw bound.Error("data.source", $"data.source names {prompts} files of prompts (.jsonl) and {files.Count - prompts} of running text, but they cannot be mixed.", "Name one kind, or say which with data.format.");
    }

    /// <summary>A file as text.</summary>
    public string Text(string file)
    {
        try
        {
            return Utf8.GetString(File.ReadAllBytes(file)).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException foreign)
        {
            throw new UsageException($"{host.ShortPath(file)}: byte {foreign.Index} is not UTF-8.", "Save the file as UTF-8, or leave it out.", foreign);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new UsageException($"{host.ShortPath(file)} may not be read.", "Change its rights, or copy it to a place of your own.", denied);
        }
    }

    /// <summary>The prompts of a file, with the completions they should get; empty lines are passed over.</summary>
    public IEnumerable<TextPair> Pairs(string file)
    {
        int number = 0;
        foreach (string line in Text(file).Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Pair(line, FormattableString.Invariant($"{host.ShortPath(file)}:{number}"));
        }
    }

    private static TextPair Pair(string line, string place)
    {
        const string hint = "Each line is an object such as {\"prompt\": \"2+2=\", \"completion\": \"4\"}.";
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new TextPair(Member("prompt"), Member("completion"), place)
                : throw new UsageException($"{place}: this is no JSON object.", hint);

            string Member(string name) => document.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
                ? text
                : throw new UsageException($"{place}: {name} is missing, empty or no text.", hint);
        }
        catch (JsonException broken)
        {
            throw new UsageException($"{place}: this is not valid JSON.", hint, broken);
        }
    }

    private string[] FilesOf(string name, string path)
    {
        if (File.Exists(path))
            return [path];
        if (!Directory.Exists(path))
        {
            throw bound.Error(
                "data.source", $"data.source names {name}, but there is no such file or folder.", $"Looked for {path}; paths start at the folder of {bound.File}. Built in is {TextConfig.Tasks}.");
        }

        string[] files = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => TextEndings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? files
            : throw bound.Error("data.source", $"the folder {name} holds no file that ends in .txt or .md.", "Name its files one by one.");
    }
}
