using Kelvin.Cli.Frame;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Kelvin.Cli.Configuration;

/// <summary>Reads the one mapping of a YAML file; every refusal names file, line and column.</summary>
internal static class YamlFile
{
    private const int MaxBytes = 1 << 20;
    private const int MaxDepth = 32;

    /// <summary>Reads a file that the user named.</summary>
    /// <param name="host">Knows where relative paths start.</param>
    /// <param name="path">The path as the user wrote it; errors show it so.</param>
    /// <param name="what">What the file should be, for messages.</param>
    public static YamlMappingNode Read(CliHost host, string path, string what)
    {
        using FileStream stream = InputFile.Open(host, path, what);
        if (stream.Length > MaxBytes)
            throw new UsageException($"{path} has {stream.Length} bytes, but a configuration has at most {MaxBytes}.", $"Name {what}, not its data.");

        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), path);
    }

    /// <summary>Reads text that came from <paramref name="path"/>.</summary>
    public static YamlMappingNode Parse(string text, string path)
    {
        try
        {
            CheckDepth(text, path);
            var yaml = new YamlStream();
            using var reader = new StringReader(text);
            yaml.Load(reader);
            return yaml.Documents.Count switch
            {
                0 => throw new UsageException($"{path} is empty, but must hold keys and values.", "See samples/train for complete files."),
                1 => yaml.Documents[0].RootNode as YamlMappingNode
                    ?? throw new UsageException(
                        $"{Place(path, yaml.Documents[0].RootNode.Start)}: this is not a mapping of keys to values.",
                        "Start with a key, a colon and a space, such as `data:`."),
                int count => throw new UsageException($"{path} holds {count} documents, but must hold one.", "Remove what follows the line `---`."),
            };
        }
        catch (YamlException broken)
        {
            if (TabPlace(text) is { } tab)
                throw new UsageException($"{path}:{tab}: a tab indents this line, which YAML does not allow.", "Indent with spaces.", broken);
            throw new UsageException($"{Place(path, broken.Start)}: {Reason(broken)}", HintFor(broken), broken);
        }
    }

    /// <summary>file:line:column, both from 1.</summary>
    public static string Place(string path, Mark mark) => FormattableString.Invariant($"{path}:{mark.Line}:{mark.Column}");

    private static void CheckDepth(string text, string path)
    {
        int depth = 0;
        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MaxDepth && parser.Current is MappingStart or SequenceStart && depth > MaxDepth)
                throw new UsageException($"{Place(path, parser.Current.Start)}: nested deeper than {MaxDepth} levels.", "No key of Kelvin lies so deep.");
        }
    }

    /// <summary>line:column of the first tab that indents a line, or null.</summary>
    private static string? TabPlace(string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int column = lines[i].AsSpan().IndexOfAnyExcept(' ');
            if (column >= 0 && lines[i][column] == '\t')
                return FormattableString.Invariant($"{i + 1}:{column + 1}");
        }

        return null;
    }

    private static string Reason(YamlException broken)
    {
        const string duplicate = "Duplicate key ";
        string message = broken.InnerException is ArgumentException inner ? inner.Message : broken.Message;
        int at = message.IndexOf(duplicate, StringComparison.OrdinalIgnoreCase);
        return at >= 0
            ? $"the key {message[(at + duplicate.Length)..].Trim().TrimEnd('.')} is given twice."
            : $"this is not valid YAML: {message}";
    }

    private static string HintFor(YamlException broken) =>
        Reason(broken).EndsWith("is given twice.", StringComparison.Ordinal)
            ? "Keep one of the two."
            : "Indent with spaces, put a space after each colon, and close every bracket and quote.";
}
