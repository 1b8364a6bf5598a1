using System.Buffers.Binary;
using System.IO.Compression;

namespace Kelvin.Reports.Pictures;

/// <summary>Writes an indexed image as PNG: signature, header, palette, transparency, one deflated block of pixels, end.</summary>
/// <remarks>Source: W3C, Portable Network Graphics (PNG) Specification, third edition (2025).</remarks>
internal static class PngImage
{
    /// <summary>The index of a clear pixel; the others are shades.</summary>
    public const byte Clear = 0;

    /// <summary>The index of white; black is 1.</summary>
    public const byte White = 255;

    private const byte BitsAPixel = 8;
    private const byte Indexed = 3;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>The file.</summary>
    /// <param name="width">Pixels across, at least 1.</param>
    /// <param name="pixels">Indices, row by row from the top left: <see cref="Clear"/>, or from black 1 to <see cref="White"/>.</param>
    public static byte[] Encode(int width, ReadOnlySpan<byte> pixels)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        Chunk(file, "IHDR"u8, Header(width, pixels.Length / width));
        Chunk(file, "PLTE"u8, Palette());
        Chunk(file, "tRNS"u8, [0]);
        Chunk(file, "IDAT"u8, Deflate(width, pixels));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Header(int width, int height)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = BitsAPixel;
        header[9] = Indexed;
        return header;   // and three zeros: deflate, the only filter method, not interlaced
    }

    private static byte[] Palette()
    {
        byte[] palette = new byte[3 * (White + 1)];
        for (int i = 1; i <= White; i++)
            palette.AsSpan(3 * i, 3).Fill((byte)Math.Round((i - 1) * 255.0 / (White - 1)));
        return palette;
    }

    private static byte[] Deflate(int width, ReadOnlySpan<byte> pixels)
    {
        using var block = new MemoryStream();
        using (var deflate = new ZLibStream(block, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int at = 0; at < pixels.Length; at += width)
            {
                deflate.WriteByte(0);   // the row is not filtered: indices are no slopes
                deflate.Write(pixels.Slice(at, width));
            }
        }

        return block.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(name);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Remainder(Remainder(uint.MaxValue, name), content));
        file.Write(number);
    }

    /// <summary>CRC-32 without its last inversion: the remainder by the polynomial 0xEDB88320, least bit first.</summary>
    private static uint Remainder(uint remainder, ReadOnlySpan<byte> content)
    {
        foreach (byte one in content)
        {
            remainder ^= one;
            for (int bit = 0; bit < 8; bit++)
                remainder = (remainder >> 1) ^ (0xEDB88320 & (0 - (remainder & 1)));
        }

        return remainder;
    }
}
