using System.Diagnostics;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Tests.Transformers.Checkpoints;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void Single_half_and_brain_floats_widen_to_the_values_they_stand_for()
    {
        byte[] data =
        [
            0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x20, 0xc0,     // 1, -2.5
            0x00, 0x3c, 0x01, 0x00, 0xff, 0x7b, 0x00, 0xfc,     // 1, 2^-24, 65504, -inf
            0x80, 0x3f, 0x49, 0x40, 0x00, 0x80, 0x01, 0x00,     // 1, 3.140625, -0, 2^-133
        ];
        using SafetensorsFile file = SafetensorsText.Open(
            """{"s":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"h":{"dtype":"F16","shape":[2,2],"data_offsets":[8,16]},"b":{"dtype":"BF16","shape":[4],"data_offsets":[16,24]}}""",
            data);

        Assert.Equal([1, -2.5f], file.Read("s"));
        Assert.Equal([1, MathF.Pow(2, -24), 65504, float.NegativeInfinity], file.Read("h"));
        Assert.Equal([1, 3.140625f, -0f, MathF.ScaleB(1, -133)], file.Read("b"));
    }

    [Theory]
    [InlineData("I64", 8)]
    [InlineData("U8", 1)]
    [InlineData("BOOL", 1)]
    [InlineData("F64", 8)]
    [InlineData("F8_E4M3", 1)]
    [InlineData("C64", 8)]
    public void Other_types_are_known_and_give_their_bytes_but_no_floats(string type, int size)
    {
        byte[] data = [.. Enumerable.Range(1, size).Select(value => (byte)value)];
        using SafetensorsFile file = SafetensorsText.Open($$$"""{"x":{"dtype":"{{{type}}}","shape":[1],"data_offsets":[0,{{{size}}}]}}""", data);

        byte[] bytes = new byte[size];
        file.ReadBytes("x", bytes);
        ModelFileException fault = Assert.Throws<ModelFileException>(() => file.Read("x"));

        Assert.Equal(data, bytes);
        Assert.Contains($"tensor x has dtype {type}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_that_is_not_there_is_named()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(ModelFixtures.Bad, "ok.safetensors"));

        Assert.Equal("c", Assert.Throws<ModelFileException>(() => file.Read("c")).Tensor);
    }

    [Fact]
    public void A_destination_of_another_length_is_the_callers_mistake()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(ModelFixtures.Bad, "ok.safetensors"));

        Assert.Throws<ArgumentException>(() => file.Read("a", new float[3]));
    }

    [Theory]
    [InlineData("no-such-file.safetensors", "no such file")]
    [InlineData("dir-ok", "cannot be read")]
    public void A_path_that_is_no_file_is_a_clear_error(string name, string reason)
    {
        ModelFileException fault = Assert.Throws<ModelFileException>(() => SafetensorsFile.Open(Path.Combine(ModelFixtures.Bad, name)));

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_larger_than_a_window_of_the_map_is_read_whole()
    {
        float[] values = [.. Enumerable.Range(0, 5 << 20).Select(i => (float)i)];   // 20 MiB
        using var folder = new TemporaryFolder();
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [new TensorSpec("big", TensorType.F32, [values.Length]), new TensorSpec("small", TensorType.BF16, [3])], tensor => tensor.Name == "big" ? values : new float[] { 1, 2, 3 });

        using SafetensorsFile file = SafetensorsFile.Open(folder.Write("model.safetensors", stream.ToArray()));

        Assert.True(file.Read("big").AsSpan().SequenceEqual(values));
        Assert.Equal([1, 2, 3], file.Read("small"));
    }

    [Fact]
    public void A_file_that_shrank_after_it_was_opened_is_refused_and_does_not_end_the_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The program truncate of Linux stands in for another writer.");
        using var folder = new TemporaryFolder();
        string path = folder.Write("model.safetensors", File.ReadAllBytes(Path.Combine(ModelFixtures.Bad, "ok.safetensors")));
        using SafetensorsFile file = SafetensorsFile.Open(path);

        using (Process cut = Process.Start("truncate", ["-s", "0", path]))   // FileShare holds within a process only
            cut.WaitForExit();

        Assert.Contains("shorter", Assert.Throws<ModelFileException>(() => file.Read("b")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_into_the_callers_memory_keeps_nothing_but_the_map()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(ModelFixtures.TinyLlama, "model-00001-of-00002.safetensors"));
        TensorInfo largest = file.Header.Tensors.MaxBy(tensor => tensor.Bytes)!;
        float[] destination = new float[largest.Elements];
        file.Read(largest.Name, destination);

        long allocated = Allocations.Fewest(() => destination, values => file.Read(largest.Name, values));

        Assert.InRange(allocated, 0, 1024);
    }
}
