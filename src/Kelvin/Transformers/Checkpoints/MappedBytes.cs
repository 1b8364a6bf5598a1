using System.IO.MemoryMappedFiles;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>A memory-mapped file, seen through one window at a time.</summary>
/// <remarks>
/// A window is unmapped as soon as it is read, so the pages of a checkpoint larger than memory never pile up in the process:
/// what stays resident is what the caller copied.
/// </remarks>
internal sealed class MappedBytes : IByteSource
{
    private const int Window = 16 << 20;

    private readonly FileStream _stream;
    private readonly MemoryMappedFile? _map;
    private readonly string _path;

    private MappedBytes(FileStream stream, string path)
    {
        _stream = stream;
        _path = path;
        Length = stream.Length;
        if (Length > 0)
            _map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
    }

    public long Length { get; }

    public static MappedBytes Open(string path)
    {
        FileStream stream = ModelFile.Open(path);
        try
        {
            return new MappedBytes(stream, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            stream.Dispose();
            throw ModelFile.Unreadable(path, exception);
        }
    }

    public void Read(long offset, Span<byte> destination)
    {
        if (RandomAccess.GetLength(_stream.SafeFileHandle) < Length)   // a page that is gone would end the process
            throw new ModelFileException(_path, null, "The file has become shorter since it was opened.", "Let nothing write to the checkpoint while it is read.");
        try
        {
            while (!destination.IsEmpty)
            {
                int length = Math.Min(destination.Length, Window);
                using MemoryMappedViewAccessor view = _map!.CreateViewAccessor(offset, length, MemoryMappedFileAccess.Read);
                view.SafeMemoryMappedViewHandle.ReadSpan((ulong)view.PointerOffset, destination[..length]);
                destination = destination[length..];
                offset += length;
            }
        }
        catch (IOException exception)
        {
            throw ModelFile.Unreadable(_path, exception);
        }
    }

    public void Dispose()
    {
        _map?.Dispose();
        _stream.Dispose();
    }
}
