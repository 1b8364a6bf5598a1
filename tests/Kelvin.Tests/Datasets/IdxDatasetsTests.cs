using System.Buffers.Binary;
using System.IO.Compression;
using Kelvin.Datasets;

namespace Kelvin.Tests.Datasets;

public sealed class IdxDatasetsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kelvin-idx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_and_labels_are_read_packed_or_not(bool packed)
    {
        string images = Write("images", 0x0803, [3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255], packed);
        string labels = Write("labels", 0x0801, [3], [2, 0, 2], packed);

        Dataset data = IdxDatasets.Read(images, labels);

        Assert.Equal([9.0, 10, 11, 255], data.Features.Row(2).ToArray());
        Assert.Equal([2, 0, 2], data.Labels.ToArray());
        Assert.Equal(3, data.ClassCount);
        Assert.Equal(["p00_00", "p00_01", "p01_00", "p01_01"], data.FeatureNames);
    }

    [Fact]
    public void A_limit_reads_the_first_images_only()
    {
        string images = Write("images", 0x0803, [3, 1, 1], [1, 2, 3]);
        string labels = Write("labels", 0x0801, [3], [0, 1, 1]);

        Assert.Equal([1.0, 2], IdxDatasets.Read(images, labels, limit: 2).Features.Span.ToArray());
    }

    [Fact]
    public void Swapped_files_are_named_by_their_magic_numbers()
    {
        string images = Write("images", 0x0803, [2, 1, 1], [1, 2]);
        string labels = Write("labels", 0x0801, [2], [0, 1]);

        DatasetException fault = Assert.Throws<DatasetException>(() => IdxDatasets.Read(labels, images));

        Assert.Contains("starts with 0x00000801, but IDX images start with 0x00000803", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_cut_off_are_said_to_be_so()
    {
        string images = Write("images", 0x0803, [2, 2, 2], [1, 2, 3, 4, 5]);
        string labels = Write("labels", 0x0801, [2], [0, 1]);
        string head = Path.Combine(_folder, "head");
        File.WriteAllBytes(head, [0, 0, 8, 3, 0]);

        Assert.Contains("holds 5 of 8 bytes", Fault(images, labels), StringComparison.Ordinal);
        Assert.Contains("cut off within its header", Fault(head, labels), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_do_not_belong_together_are_refused()
    {
        string images = Write("images", 0x0803, [2, 1, 1], [1, 2]);

        Assert.Contains("3 labels for 2 images", Fault(images, Write("labels3", 0x0801, [3], [0, 1, 2])), StringComparison.Ordinal);
        Assert.Contains("All labels are the same", Fault(images, Write("ones", 0x0801, [2], [1, 1])), StringComparison.Ordinal);
        Assert.Contains("size 0", Fault(images, Write("none", 0x0801, [0], [])), StringComparison.Ordinal);
    }

    private static string Fault(string images, string labels) =>
        Assert.Throws<DatasetException>(() => IdxDatasets.Read(images, labels)).Message;

    private string Write(string name, int magic, int[] sizes, byte[] bytes, bool packed = false)
    {
        string path = Path.Combine(_folder, name);
        using Stream file = File.Create(path);
        using Stream stream = packed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        byte[] number = new byte[4];
        foreach (int value in sizes.Prepend(magic))
        {
            BinaryPrimitives.WriteInt32BigEndian(number, value);
            stream.Write(number);
        }

        stream.Write(bytes);
        return path;
    }
}
