using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Configuration;

/// <summary>The settings that commands share.</summary>
internal static class Settings
{
    /// <summary>Most threads a setting may ask for.</summary>
    public const int MaxThreads = 1024;

    /// <summary>Folder that results are written to.</summary>
    public static Setting<string> Out { get; } = new(
        "out", "DIR", "Folder for what the command writes.", "the path of a folder", text => text.Length > 0 ? text : null, () => "kelvin-out", "as the command says");

    /// <summary>The seed of everything random.</summary>
    public static Setting<int> Seed { get; } = new(
        "seed",
        "N",
        "Seed of everything random: same seed, same result.",
        Values.WholeNumberRule(0, int.MaxValue),
        text => Values.WholeNumber(text, 0, int.MaxValue),
        () => 1,
        "1");

    /// <summary>Threads that computations may use; results do not depend on it.</summary>
    public static Setting<int> Threads { get; } = new(
        "threads",
        "N",
        "Threads to use at most; results do not depend on it.",
        Values.WholeNumberRule(1, MaxThreads),
        text => Values.WholeNumber(text, 1, MaxThreads),
        () => Math.Min(System.Environment.ProcessorCount, MaxThreads),
        "one for each core");

    /// <summary>All of them, in the order that <c>kelvin doctor</c> shows.</summary>
    public static IReadOnlyList<ISetting> All { get; } = [Out, Seed, Threads];
}
