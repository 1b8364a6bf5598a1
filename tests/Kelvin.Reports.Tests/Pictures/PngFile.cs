using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Kelvin.Reports.Tests.Pictures;

/// <summary>Reads an indexed PNG slowly and plainly: chunk by chunk, each with its check sum.</summary>
internal sealed class PngFile
{
    public PngFile(byte[] file)
    {
        Assert.Equal([137, 80, 78, 71, 13, 10, 26, 10], file[..8]);
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            Assert.Equal(Crc(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            Chunks.Add((Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += length + 12;
        }
    }

    public List<(string Name, byte[] Content)> Chunks { get; } = [];

    public int Width => BinaryPrimitives.ReadInt32BigEndian(this["IHDR"]);

    public int Height => BinaryPrimitives.ReadInt32BigEndian(this["IHDR"].AsSpan(4));

    public byte[] this[string name] => Chunks.Single(chunk => string.Equals(chunk.Name, name, StringComparison.Ordinal)).Content;

    /// <summary>The indices, row by row.</summary>
    public byte[] Pixels()
    {
        using var inflate = new ZLibStream(new MemoryStream(this["IDAT"]), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        inflate.CopyTo(rows);
        byte[][] lines = [.. rows.ToArray().Chunk(Width + 1)];
        Assert.Equal(Height, lines.Length);
        Assert.All(lines, line => Assert.Equal(0, line[0]));
        return [.. lines.SelectMany(line => line[1..])];
    }

    /// <summary>CRC-32 as long division of the message, bit by bit, by 0x104C11DB7.</summary>
    private static uint Crc(ReadOnlySpan<byte> message)
    {
        uint remainder = uint.MaxValue;
        foreach (byte one in message)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bool isOdd = (((remainder >> 31) ^ ((uint)one >> bit)) & 1) == 1;
                remainder = (remainder << 1) ^ (isOdd ? 0x04C11DB7u : 0);
            }
        }

        uint mirrored = 0;
        for (int bit = 0; bit < 32; bit++)
            mirrored |= ((remainder >> bit) & 1) << (31 - bit);
        return ~mirrored;
    }
}
