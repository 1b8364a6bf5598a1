using System.Globalization;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>Opens the files of a model, and turns what the system says into a <see cref="ModelFileException"/>.</summary>
internal static class ModelFile
{
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelFileException(path, null, "There is no such file.", "Check the path.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Unreadable(path, exception);
        }
    }

    /// <summary>All bytes of a small file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="longest">How many bytes it may have.</param>
    public static byte[] ReadAll(string path, int longest)
    {
        using FileStream stream = Open(path);
        return ReadAll(stream, path, longest);
    }

    /// <summary>All bytes that are left in a stream.</summary>
    public static byte[] ReadAll(Stream stream, string name, int longest)
    {
        try
        {
            using var bytes = new MemoryStream();
            byte[] part = new byte[1 << 16];
            for (int read = stream.Read(part); read > 0; read = stream.Read(part))
            {
                if (bytes.Length + read > longest)
                {
                    throw new ModelFileException(
                        name, null, string.Create(CultureInfo.InvariantCulture, $"The file is longer than the {longest} bytes that are read."), "Check that it is the right file.");
                }

                bytes.Write(part, 0, read);
            }

            return bytes.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(name, exception);
        }
    }

    public static ModelFileException Unreadable(string path, Exception exception) =>
        new(path, null, $"The file cannot be read: {exception.Message}", "Name a file, and check who may read it.", exception);
}
