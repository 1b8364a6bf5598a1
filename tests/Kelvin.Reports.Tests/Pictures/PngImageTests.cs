using CsCheck;
using Kelvin.Reports.Pictures;

namespace Kelvin.Reports.Tests.Pictures;

public class PngImageTests
{
    private static readonly Gen<(int Width, byte[] Pixels)> Images =
        from width in Gen.Int[1, 40]
        from height in Gen.Int[1, 40]
        from pixels in Gen.Byte.Array[width * height]
        select (width, pixels);

    [Fact]
    public void What_is_written_is_read_back() => Images.Sample(image =>
    {
        var file = new PngFile(PngImage.Encode(image.Width, image.Pixels));

        return file.Width == image.Width && file.Pixels().AsSpan().SequenceEqual(image.Pixels);
    });

    [Fact]
    public void The_chunks_stand_in_the_order_of_the_standard() =>
        Assert.Equal("IHDR PLTE tRNS IDAT IEND", string.Join(' ', new PngFile(PngImage.Encode(1, [1])).Chunks.Select(chunk => chunk.Name)));

    [Fact]
    public void The_end_is_the_chunk_that_every_png_ends_with() =>   // its check sum is known: AE 42 60 82
        Assert.Equal([0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82], PngImage.Encode(1, [1])[^12..]);

    [Fact]
    public void Shades_go_from_black_to_white_and_only_the_first_colour_is_clear()
    {
        var file = new PngFile(PngImage.Encode(1, [1]));
        byte[] palette = file["PLTE"];

        Assert.Equal(256 * 3, palette.Length);
        Assert.Equal([0, 0, 0], palette[3..6]);
        Assert.Equal([255, 255, 255], palette[^3..]);
        Assert.All(palette.Skip(3).Chunk(3), colour => Assert.True(colour[0] == colour[1] && colour[1] == colour[2]));
        Assert.Equal(palette.Skip(3).Order(), palette.Skip(3));
        Assert.Equal([0], file["tRNS"]);
    }
}
