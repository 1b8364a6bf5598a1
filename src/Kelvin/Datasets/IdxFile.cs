using System.Buffers.Binary;
using System.Globalization;

namespace Kelvin.Datasets;

/// <summary>Reads one file of unsigned bytes in the IDX format.</summary>
/// <remarks>
/// Big-endian: two zero bytes, the type (8 is unsigned byte), the number of dimensions, a 32-bit size for each, then the bytes.
/// Source: Y. LeCun, C. Cortes, C. Burges, The MNIST database.
/// </remarks>
internal static class IdxFile
{
    /// <summary>The sizes and the bytes of the file, which must have <paramref name="dimensions"/> dimensions.</summary>
    /// <param name="path">The file, packed with gzip or not.</param>
    /// <param name="dimensions">1 for labels, 3 for images.</param>
    /// <param name="limit">How many entries of the first dimension to read at most.</param>
    public static (int[] Sizes, byte[] Bytes) Read(string path, int dimensions, int limit)
    {
        try
        {
            using Stream stream = DataStream.Unpack(DataStream.Open(path));
            int[] sizes = ReadHeader(stream, path, dimensions);
            sizes[0] = Math.Min(sizes[0], limit);
            long length = sizes.Aggregate(1L, (product, size) => product * size);
            if (length > Array.MaxLength)
                throw new DatasetException(path, null, null, $"The file announces {length} bytes, more than fit in memory at once.", "Read fewer examples.");

            byte[] bytes = new byte[length];
            int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read < bytes.Length)
                throw new DatasetException(path, null, null, string.Create(CultureInfo.InvariantCulture, $"The file is cut off: it holds {read} of {bytes.Length} bytes."), "Fetch it again.");
            return (sizes, bytes);
        }
        catch (InvalidDataException exception)
        {
            throw new DatasetException(path, null, null, "The gzip data are damaged.", "Fetch the file again.", exception);
        }
    }

    private static int[] ReadHeader(Stream stream, string path, int dimensions)
    {
        Span<byte> header = stackalloc byte[4 + (4 * dimensions)];
        int read = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        uint expected = 0x0800u + (uint)dimensions;
        if (read >= 4 && BinaryPrimitives.ReadUInt32BigEndian(header) is uint magic && magic != expected)
        {
            string what = dimensions == 1 ? "labels" : "images";
            throw new DatasetException(
                path, null, null, string.Create(CultureInfo.InvariantCulture, $"The file starts with 0x{magic:x8}, but IDX {what} start with 0x{expected:x8}."),
                "Name the file of images first and the file of labels second.");
        }

        if (read < header.Length)
            throw new DatasetException(path, null, null, "The file is cut off within its header.", "Fetch it again.");

        int[] sizes = new int[dimensions];
        for (int i = 0; i < dimensions; i++)
        {
            sizes[i] = BinaryPrimitives.ReadInt32BigEndian(header[(4 + (4 * i))..]);
            if (sizes[i] <= 0)
                throw new DatasetException(path, null, null, $"Dimension {i + 1} has size {sizes[i].ToString(CultureInfo.InvariantCulture)}.", "Use a file that holds at least one example.");
        }

        return sizes;
    }
}
