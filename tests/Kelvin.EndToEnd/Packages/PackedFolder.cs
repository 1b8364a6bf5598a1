using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Kelvin.EndToEnd.Packages;

/// <summary>Packs the built solution once into a temporary folder.</summary>
public sealed partial class PackedFolder : IDisposable
{
    private static readonly string[] Projects = ["Kelvin", "Kelvin.Cli"];
    private readonly string _root = Directory.CreateTempSubdirectory("kelvin-packages-").FullName;

    public PackedFolder()
    {
        Packages = Folder("packages");
        foreach (string project in Projects)
            Shell.Run(Repository.Root, "dotnet", "pack", Path.Combine("src", project), "-c", "Release", "--no-build", "-o", Packages);

        Version = VersionOf().Match(Directory.EnumerateFiles(Packages, "Kelvin.Cli.*.nupkg").Single()).Groups["version"].Value;
    }

    /// <summary>The packages of this machine's earlier restores, so that the test needs no network.</summary>
    public static string SharedCache { get; } =
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public string Packages { get; }

    public string Version { get; }

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    /// <summary>The names inside the newest package whose file name is <paramref name="pattern"/> with the version for the star.</summary>
    public string[] FilesIn(string pattern)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(Packages, pattern.Replace("*", Version, StringComparison.Ordinal)));
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [GeneratedRegex(@"Kelvin\.Cli\.(?<version>[\w.\-]+)\.nupkg$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionOf();
}
