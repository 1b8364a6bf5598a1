using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Models;

/// <summary>The models that come with Kelvin, as folders beside this assembly.</summary>
internal static class BuiltInModels
{
    /// <summary>The small model that demo, trials and tests use offline.</summary>
    public const string Tiny = "kelvin-tiny";

    /// <summary>Their names, as <c>--model</c> takes them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Tiny];

    /// <summary>The folder of a built-in model, or null if there is none of that name; a folder of the user's own beats it.</summary>
    public static string? Find(CliHost host, string name) =>
        Names.Contains(name, StringComparer.Ordinal) && !Directory.Exists(host.FullPath(name)) ? FolderOf(name) : null;

    /// <summary>The folder of a built-in model.</summary>
    public static string FolderOf(string name) => Path.Combine(AppContext.BaseDirectory, "models", name);
}
