using System.IO.Compression;

namespace Kelvin.Datasets;

/// <summary>Opens data files, and unpacks what starts with the two bytes of gzip, whatever its name.</summary>
internal static class DataStream
{
    public static Stream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetException(path, null, null, "There is no such file.", "Check the path.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DatasetException(path, null, null, "The file may not be read, or is a folder.", "Name a file, and check who may read it.", exception);
        }
        catch (IOException exception)
        {
            throw new DatasetException(path, null, null, $"The file cannot be read: {exception.Message}", "Check the disk.", exception);
        }
    }

    /// <summary>The stream itself, or what it unpacks to. Takes over the stream.</summary>
    public static Stream Unpack(Stream stream)
    {
        byte[] start = new byte[2];
        int length = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        Stream whole = new PrefixedStream(start.AsMemory(0, length), stream);
        return length == 2 && start[0] == 0x1f && start[1] == 0x8b ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }
}
