namespace Kelvin.Cli.Doctor;

/// <summary>Tries to write in a folder and looks at the space that is left.</summary>
internal static class FolderCheck
{
    private const long LittleSpace = 100_000_000;

    /// <summary>Checks a folder, or the nearest one above it that exists, since commands make the rest.</summary>
    public static Check Of(string name, string folder)
    {
        string existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
            existing = parent;

        if (File.Exists(existing) || TryWrite(existing) is not { } reason)
            return Measure(name, folder, existing);
        return new Check(name, CheckState.Missing, $"{folder} cannot be written: {reason}", "Choose another with --out or KELVIN_OUT, or change its rights.");
    }

    private static Check Measure(string name, string folder, string existing)
    {
        long free = new DriveInfo(existing).AvailableFreeSpace;
        string found = $"{folder}, writable, {MachineChecks.Gigabytes(free)} free";
        return free >= LittleSpace
            ? Check.Good(name, found)
            : new Check(name, CheckState.Warning, found, "Free some space; a checkpoint and a report need up to 100 MB.");
    }

    private static string? TryWrite(string folder)
    {
        string probe = Path.Combine(folder, $".kelvin-doctor-{System.Environment.ProcessId}");
        try
        {
            using FileStream file = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return refused.Message;
        }
    }
}
