using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Training;

/// <summary>The folder that a run writes to: which file is which, and what must not be overwritten.</summary>
internal static class RunFolder
{
    /// <summary>Path of the document that says how the run ended; it is there only once the run has ended.</summary>
    public static string Summary(RunPlace place) => Path.Combine(place.Folder, "train.json");

    public static string Report(RunPlace place) => Path.Combine(place.Folder, "report.html");

    /// <summary>Makes ready for a run: an interrupted one is not overwritten, an ended one is.</summary>
    public static void Prepare(CliHost host, RunPlace place, bool resume)
    {
        string folder = host.ShortPath(place.Folder);
        if (File.Exists(place.Folder))
            throw new UsageException($"{folder} is a file, but must be a folder for results.", "Name another with --out.");

        bool hasCheckpoint = place.Seeds.Any(seed => File.Exists(WatchedRun.CheckpointPath(place, seed)));
        bool hasEnded = File.Exists(Summary(place));
        if (hasCheckpoint && !hasEnded && !resume)
            throw new UsageException($"{folder} holds an interrupted run.", "Go on with --resume, or begin anew in another folder with --out.");
        if (!hasCheckpoint && resume)
            Complaint.Write(host, "warning", $"There is no checkpoint in {folder}: nothing to resume, so the run begins anew.");
        if (hasEnded && !resume)
            File.Delete(Summary(place));
    }
}
