using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Demo;

/// <summary>The folder that the demo writes to. Nothing is written before everything is known, and a folder made in vain goes away.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly bool _isNew;
    private bool _isWritten;

    private DemoFolder(string folder, bool isNew)
    {
        Folder = folder;
        _isNew = isNew;
    }

    public string Folder { get; }

    public string Report => Path.Combine(Folder, "report.html");

    public string Document => Path.Combine(Folder, "demo.json");

    /// <summary>Makes sure, before any work, that the results can be written; those of an earlier demo may be replaced, others not.</summary>
    public static DemoFolder Prepare(CliHost host, string path)
    {
        string shown = host.ShortPath(path);
        if (File.Exists(path))
            throw new UsageException($"{shown} is a file, but must be a folder for results.", "Name another with --out.");

        var folder = new DemoFolder(path, !Directory.Exists(path));
        if (File.Exists(folder.Report) && !File.Exists(folder.Document))
            throw new UsageException($"{shown} holds the report of something else.", "Name another folder with --out, or move that report away.");
        folder.TryWriting(shown);
        return folder;
    }

    /// <summary>Writes both files, each aside and then renamed.</summary>
    public void Write(string report, string document)
    {
        AtomicFile.WriteText(Report, report);
        AtomicFile.WriteText(Document, document);
        _isWritten = true;
    }

    public void Dispose()
    {
        if (_isNew && !_isWritten && Directory.Exists(Folder) && !Directory.EnumerateFileSystemEntries(Folder).Any())
            Directory.Delete(Folder);
    }

    private void TryWriting(string shown)
    {
        string trial = Path.Combine(Folder, $"trial{AtomicFile.PartialEnding}");
        try
        {
            AtomicFile.WriteText(trial, string.Empty);
            File.Delete(trial);
        }
        catch (OutsideException refused)
        {
            throw new OutsideException($"Nothing can be written to {shown}.", "Choose another folder with --out, or change its rights.", refused);
        }
    }
}
