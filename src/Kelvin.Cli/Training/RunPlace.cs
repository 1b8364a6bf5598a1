using System.CommandLine;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Training;

/// <summary>What a run is called, where it writes, and from which seeds it starts.</summary>
/// <param name="Name">What the run is called.</param>
/// <param name="Folder">Full path of the folder for results.</param>
/// <param name="Seeds">One run each.</param>
/// <param name="Threads">Threads at most.</param>
internal sealed record RunPlace(string Name, string Folder, IReadOnlyList<int> Seeds, int Threads)
{
    /// <summary>Takes what the configuration says, and lets flags and variables win.</summary>
    /// <param name="host">Holds the variables.</param>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="bound">The configuration; it may have keys <c>output.folder</c> and <c>training.seeds</c>.</param>
    /// <param name="name">The name in the configuration.</param>
    /// <param name="folder">The value of <c>output.folder</c>.</param>
    /// <param name="seeds">The value of <c>training.seeds</c>.</param>
    public static RunPlace Of<T>(CliHost host, ParseResult arguments, BoundConfig<T> bound, string? name, string? folder, IReadOnlyList<int> seeds)
    {
        SettingsFile settings = SettingsFile.Read(host);
        string called = name ?? Path.GetFileNameWithoutExtension(bound.File);
        Resolved<string>? folderInFile = folder is not null
            ? new(Path.GetFullPath(folder, Path.GetDirectoryName(host.FullPath(bound.File))!), SettingSource.File, bound.Place("output.folder"))
            : null;
        string outFolder = Settings.Out.Resolve(
            arguments, host, settings, folderInFile, new(Path.Combine("runs", called), SettingSource.Default, "default")).Value;

        bool hasSeeds = bound.Marks.ContainsKey("training.seeds");
        Resolved<int> seed = Settings.Seed.Resolve(
            arguments, host, settings, hasSeeds ? new(-1, SettingSource.File, bound.Place("training.seeds")) : null);
        return new RunPlace(
            called,
            host.FullPath(outFolder),
            seed.Value < 0 ? seeds : [seed.Value],
            Settings.Threads.Resolve(arguments, host, settings).Value);
    }

    /// <summary>The folder of one seed: the results' own if there is only one.</summary>
    public string FolderOf(int seed) =>
        Seeds.Count == 1 ? Folder : Path.Combine(Folder, FormattableString.Invariant($"seed-{seed}"));

    /// <summary>What the run of one seed is called.</summary>
    public string TitleOf(int seed) => Seeds.Count == 1 ? Name : FormattableString.Invariant($"{Name}, seed {seed}");
}
