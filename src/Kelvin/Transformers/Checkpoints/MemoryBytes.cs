namespace Kelvin.Transformers.Checkpoints;

/// <summary>A file that is in memory already.</summary>
internal sealed class MemoryBytes(ReadOnlyMemory<byte> bytes) : IByteSource
{
    public long Length => bytes.Length;

    public void Read(long offset, Span<byte> destination) => bytes.Span.Slice((int)offset, destination.Length).CopyTo(destination);

    public void Dispose()
    {
        // nothing is held open
    }
}
