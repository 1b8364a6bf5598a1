namespace Kelvin.Cli.Frame;

/// <summary>Writes a file aside in its folder and renames it when it is whole: readers see the old file or the new one, never a part.</summary>
internal static class AtomicFile
{
    /// <summary>Ending of files that are being written; one that stays was left by a crash and may be deleted.</summary>
    public const string PartialEnding = ".partial";

    private const int FileTooLarge = 27;

    /// <summary>Writes text as UTF-8.</summary>
    public static void WriteText(string path, string text) =>
        Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            writer.Write(text);
        });

    /// <summary>Writes what <paramref name="write"/> puts into the stream, and makes it durable before the rename.</summary>
    /// <exception cref="OutsideException">The disk is full or the folder may not be written; the old file, if any, is untouched.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        string aside = $"{full}.{System.Environment.ProcessId}{PartialEnding}";
        bool isWhole = false;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var stream = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, full, overwrite: true);
            isWhole = true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Explain(path, refused);
        }
        catch (ArgumentOutOfRangeException tooLarge) when (tooLarge.ParamName == "value")
        {
            // The runtime's way to say EFBIG: the file system or a limit of the process (ulimit -f) allows no larger file.
            throw Explain(path, new IOException("the file is larger than the system allows here.", FileTooLarge));
        }
        finally
        {
            if (!isWhole)
                Remove(aside);
        }
    }

    /// <summary>Makes sure, before long work, that a file can be written; leaves an old one untouched.</summary>
    /// <param name="path">The file to come.</param>
    /// <param name="shown">The path as the user wrote it.</param>
    public static void CheckWritable(string path, string shown)
    {
        if (Directory.Exists(path))
            throw new UsageException($"{shown} is a folder, but must be a file.", "Name a file in it.");

        string trial = $"{Path.GetFullPath(path)}.trial";
        try
        {
            WriteText(trial, string.Empty);
            File.Delete(trial);
        }
        catch (OutsideException refused)
        {
            throw new OutsideException($"{shown} cannot be written.", "Choose another folder, or change its rights.", refused);
        }
    }

    private static OutsideException Explain(string path, Exception refused)
    {
        Failure failure = Failure.Of(refused, isInterrupted: false);
        return new OutsideException($"{path} cannot be written: {refused.Message}", failure.Hint, refused);
    }

    private static void Remove(string aside)
    {
        try
        {
            File.Delete(aside);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // What could not be created cannot be deleted either; the first error is the one to tell.
        }
    }
}
