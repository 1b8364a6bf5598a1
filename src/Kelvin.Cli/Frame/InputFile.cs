namespace Kelvin.Cli.Frame;

/// <summary>Opens files that the user names; one that cannot be read is the user's to mend (exit 2).</summary>
internal static class InputFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="host">Knows where relative paths start.</param>
    /// <param name="path">The path as the user wrote it.</param>
    /// <param name="what">What the file should be, for the message: "the training configuration".</param>
    public static FileStream Open(CliHost host, string path, string what)
    {
        string full = host.FullPath(path);
        if (Directory.Exists(full))
            throw new UsageException($"{path} is a folder, but must be a file: {what}.", $"Name a file in it, such as {Path.Combine(path, "NAME")}.");

        try
        {
            return new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"There is no file {path} ({what}).", NearbyHint(full), missing);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new UsageException($"{path} may not be read.", "Change its rights, or copy it to a place of your own.", denied);
        }
    }

    private static string NearbyHint(string full)
    {
        string? folder = Path.GetDirectoryName(full);
        if (folder is null || !Directory.Exists(folder))
            return $"The folder {folder} does not exist either; relative paths start at the current folder.";

        string? nearest = NearestName.Of(Path.GetFileName(full), Directory.EnumerateFiles(folder).Take(1000).Select(Path.GetFileName)!);
        return nearest is null ? $"Look at what is in {folder}." : $"Did you mean {nearest}?";
    }
}
