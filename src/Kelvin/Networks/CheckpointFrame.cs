using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Kelvin.Networks;

/// <summary>The envelope of a checkpoint: what it is, how long it is, and whether it is whole.</summary>
/// <remarks>
/// Bytes, little-endian: "KELVINCK", format (4), length of the header (4), length of everything (8), the header in JSON, the numbers, and the
/// SHA-256 of all before it (32).
/// </remarks>
internal static class CheckpointFrame
{
    private const int Format = 1;
    private const int PrefixLength = 24;
    private const int HashLength = SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "KELVINCK"u8;

    public static void Write(Stream destination, ReadOnlySpan<byte> header, IReadOnlyList<ReadOnlyMemory<byte>> numbers)
    {
        long length = PrefixLength + header.Length + numbers.Sum(block => (long)block.Length) + HashLength;
        Span<byte> prefix = stackalloc byte[PrefixLength];
        Magic.CopyTo(prefix);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[8..], Format);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[12..], header.Length);
        BinaryPrimitives.WriteInt64LittleEndian(prefix[16..], length);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(prefix);
        hash.AppendData(header);
        destination.Write(prefix);
        destination.Write(header);
        foreach (ReadOnlyMemory<byte> block in numbers)
        {
            hash.AppendData(block.Span);
            destination.Write(block.Span);
        }

        destination.Write(hash.GetHashAndReset());
    }

    /// <summary>Reads a whole checkpoint and returns header and numbers, or says what is wrong with it.</summary>
    public static (ReadOnlyMemory<byte> Header, ReadOnlyMemory<byte> Numbers) Read(Stream source, string name)
    {
        using var buffer = new MemoryStream();
        source.CopyTo(buffer);
        ReadOnlyMemory<byte> all = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        ReadOnlySpan<byte> bytes = all.Span;

        int seen = Math.Min(bytes.Length, Magic.Length);
        if (!bytes[..seen].SequenceEqual(Magic[..seen]))
            throw new CheckpointException(name, "is not a Kelvin checkpoint.", "Give the file that 'kelvin train' or Trainer.Save wrote.");
        if (bytes.Length < PrefixLength)
            throw Cut(name, bytes.Length, PrefixLength);

        int format = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (format > Format)
        {
            throw new CheckpointException(
                name, $"has format {format}, but this version of Kelvin reads up to {Format}.", "Resume it with the newer version that wrote it.");
        }

        int header = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        long length = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]);
        if (bytes.Length < length)
            throw Cut(name, bytes.Length, length);
        if (format < 1 || bytes.Length > length || header < 0 || header > length - PrefixLength - HashLength
            || !SHA256.HashData(bytes[..^HashLength]).AsSpan().SequenceEqual(bytes[^HashLength..]))
        {
            throw Damaged(name);
        }

        ReadOnlyMemory<byte> body = all[PrefixLength..^HashLength];
        return (body[..header], body[header..]);
    }

    public static CheckpointException Damaged(string name, Exception? cause = null) => new(
        name, "is damaged: its contents do not agree with its checksum or its header.", "Go back to an earlier checkpoint, or train from the start.", cause);

    private static CheckpointException Cut(string name, long length, long expected) => new(
        name, $"is cut off: it has {length} of at least {expected} bytes.", "Go back to an earlier checkpoint, or train from the start.");
}
