using System.IO.Compression;
using Kelvin.Cli.Frame;
using Kelvin.Monitoring;
using Kelvin.Networks;

namespace Kelvin.Cli.Training;

/// <summary>One file with all that a run needs to go on: the trainer, the monitor and the metrics so far.</summary>
/// <remarks>A zip archive: one rename makes all three new at once, and its checksums tell damage.</remarks>
internal static class RunCheckpoint
{
    private const string TrainerEntry = "trainer";
    private const string MonitorEntry = "monitor.json";
    private const string MetricsEntry = "metrics.csv";

    public static void Write(Stream stream, Resumable trainer, RunMonitor monitor, MetricsLog log)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, TrainerEntry, trainer.Save);
        Add(archive, MonitorEntry, entry => entry.Write(monitor.Save()));
        Add(archive, MetricsEntry, log.Write);
    }

    /// <summary>Puts a trainer where it was saved.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shown">Its path for messages.</param>
    /// <param name="trainer">A new trainer with the options of the saved one.</param>
    /// <exception cref="UsageException">The file is damaged, or belongs to another configuration.</exception>
    public static (RunMonitor Monitor, MetricsLog Log) Restore(string path, string shown, Resumable trainer)
    {
        const string hint = "Fetch an intact copy, or begin anew in another folder with --out.";
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            trainer.Restore(new MemoryStream(Bytes(archive, TrainerEntry)), shown);
            RunMonitor monitor = RunMonitor.Restore(Bytes(archive, MonitorEntry));
            return (monitor, MetricsLog.Read(new MemoryStream(Bytes(archive, MetricsEntry))));
        }
        catch (Exception damaged) when (damaged is InvalidDataException or MonitorStateException or EndOfStreamException)
        {
            throw new UsageException($"{shown}: the checkpoint is damaged or cut off: {damaged.Message}", hint, damaged);
        }
        catch (CheckpointException refused)
        {
            throw new UsageException(refused.Message, refused.Remedy, refused);
        }
    }

    private static void Add(ZipArchive archive, string name, Action<Stream> write)
    {
        using Stream entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        write(entry);
    }

    private static byte[] Bytes(ZipArchive archive, string name)
    {
        ZipArchiveEntry entry = archive.GetEntry(name) ?? throw new InvalidDataException($"it has no part '{name}'.");
        using Stream stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
