using Kelvin.Cli.Frame;
using YamlDotNet.Core;

namespace Kelvin.Cli.Configuration;

/// <summary>A configuration together with where each of its keys stands in the file.</summary>
/// <param name="Value">The typed configuration.</param>
/// <param name="File">The path as the user wrote it.</param>
/// <param name="Marks">Places of the keys that were given, by dotted path ("data.source").</param>
internal sealed record BoundConfig<T>(T Value, string File, IReadOnlyDictionary<string, Mark> Marks)
{
    /// <summary>file:line:column of a key, or of the nearest section above it if the key was not given.</summary>
    public string Place(string key)
    {
        string path = key;
        while (!Marks.ContainsKey(path) && path.Contains('.', StringComparison.Ordinal))
            path = path[..path.LastIndexOf('.')];
        return Marks.TryGetValue(path, out Mark mark) ? YamlFile.Place(File, mark) : File;
    }

    /// <summary>An error that points at a key.</summary>
    public UsageException Error(string key, string message, string? hint = null, Exception? inner = null) =>
        new($"{Place(key)}: {message}", hint, inner);
}
