using System.Reflection;
using Kelvin.Datasets;

namespace Kelvin.Cli.Training;

/// <summary>The data sets that come with Kelvin, as resources of this assembly.</summary>
internal static class BuiltInData
{
    /// <summary>Their names, as <c>data.source</c> takes them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["digits", "iris", "wine", "breast_cancer"];

    /// <summary>Reads one of them, or gives null if there is none of that name.</summary>
    public static Dataset? TryRead(string name)
    {
        if (!Names.Contains(name, StringComparer.Ordinal))
            return null;

        Assembly assembly = typeof(BuiltInData).Assembly;
        string resource = assembly.GetManifestResourceNames().Single(
            resource => resource.StartsWith($"data/{name}.csv", StringComparison.Ordinal));
        using Stream stream = assembly.GetManifestResourceStream(resource)!;
        return CsvDatasets.Read(stream, resource);
    }
}
