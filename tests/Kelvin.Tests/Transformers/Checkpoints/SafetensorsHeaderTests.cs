using System.Text;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Tests.Transformers.Checkpoints;

public sealed class SafetensorsHeaderTests
{
    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "run backwards")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", "has 3 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", "has 1 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", "negative data offset -4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}""", "not an integer of 64 bits")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}}""", "not an integer")]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", "a dimension is not a number")]
    [InlineData("""{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", "dimensions are not an array")]
    [InlineData("""{"a":{"dtype":32,"shape":[1],"data_offsets":[0,4]}}""", "dtype is not text")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", "dtype missing")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", "shape missing")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}""", "shape occurs twice")]
    [InlineData("""{"a":[1]}""", "not a JSON object")]
    [InlineData("""{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,4]}}""", "needs 2 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} x""", "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", "not valid JSON")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "not valid Unicode")]
    [InlineData("""{"__metadata__":{"k":1},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "k is not text")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "k twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", "more than 32 dimensions")]
    [InlineData("""{}""", "4 bytes after the last belong to none")]
    public void A_header_that_does_not_hold_is_refused_with_the_reason(string header, string reason)
    {
        ModelFileException fault = Assert.Throws<ModelFileException>(() => SafetensorsText.Open(header, 0, 0, 0, 0));

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Equal("made.safetensors", fault.File);
    }

    [Fact]
    public void Scalars_empty_tensors_unknown_keys_and_metadata_are_read()
    {
        using SafetensorsFile file = SafetensorsText.Open(
            """{"__metadata__":{"format":"pt"},"none":{"dtype":"F32","shape":[0,9223372036854775807],"data_offsets":[4,4]},"one":{"extra":{"x":[1]},"dtype":"F32","shape":[],"data_offsets":[0,4]}}   """,
            0, 0, 0x80, 0x3f);

        Assert.Equal([1f], file.Read("one"));
        Assert.Empty(file.Read("none"));
        Assert.Equal("pt", file.Header.Metadata["format"]);
    }

    [Theory]
    [InlineData("GGUF\u0003\0\0\0rest of the file", "GGUF")]
    [InlineData("PK\u0003\u0004\u0014\0\0\0rest of the file", "pickle")]
    public void Other_formats_are_refused_by_name_with_the_way_to_convert(string content, string format)
    {
        ModelFileException fault = Assert.Throws<ModelFileException>(() => SafetensorsFile.FromMemory(Encoding.Latin1.GetBytes(content), "model.bin"));

        Assert.Contains(format, fault.Problem, StringComparison.Ordinal);
        Assert.Contains("save_pretrained", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_over_16_MiB_is_refused_before_it_is_read()
    {
        byte[] file = SafetensorsText.Make(new string(' ', SafetensorsHeader.LongestHeader + 1));

        ModelFileException fault = Assert.Throws<ModelFileException>(() => SafetensorsFile.FromMemory(file, "long.safetensors"));

        Assert.Contains("header is too long", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fullest_header_costs_less_than_200_MB()
    {
        var header = new StringBuilder("{");
        for (int i = 0; header.Length < SafetensorsHeader.LongestHeader - 100; i++)
            header.Append(i == 0 ? "" : ",").Append(System.Globalization.CultureInfo.InvariantCulture, $"\"{i}\":{{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}");
        byte[] file = SafetensorsText.Make(header.Append('}').ToString());
        long before = GC.GetAllocatedBytesForCurrentThread();

        ModelFileException fault = Assert.Throws<ModelFileException>(() => SafetensorsFile.FromMemory(file, "full.safetensors"));

        Assert.Contains("more than 100000 tensors", fault.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 120L << 20);
    }

    [Fact]
    public void A_name_with_line_ends_and_terminal_codes_makes_a_message_of_one_line()
    {
        ModelFileException fault = Assert.Throws<ModelFileException>(() => SafetensorsText.Open("""{"a\n\u001b[31m":{"dtype":"F32","shape":[1]}}"""));

        Assert.Contains("""tensor a\u000a\u001b[31m""", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fault.Message, char.IsControl);
    }
}
