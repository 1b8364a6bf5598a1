using System.Buffers.Binary;
using System.Text.Json;
using CsCheck;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Tests.Transformers.Checkpoints;

public sealed class SafetensorsWriterTests
{
    private static readonly Gen<(TensorType Type, int Rows, int Columns, float[] Values)> Tensor =
        from type in Gen.OneOf(TensorType.F32, TensorType.F16, TensorType.BF16)
        from rows in Gen.Int[0, 5]
        from columns in Gen.Int[1, 7]
        from values in Gen.Float[-60_000, 60_000].Array[rows * columns]
        select (type, rows, columns, values);

    [Fact]
    public void What_is_written_comes_back_rounded_to_its_type() => Gen.Select(Tensor.Array[0, 8], Gen.String).Sample((tensors, text) =>
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["k"] = new string([.. text.Where(c => !char.IsSurrogate(c))]) };
        using SafetensorsFile file = SafetensorsFile.FromMemory(Write(tensors, metadata), "written");

        Assert.Equal(metadata["k"], file.Header.Metadata["k"]);
        for (int i = 0; i < tensors.Length; i++)
        {
            Assert.Equal([tensors[i].Rows, tensors[i].Columns], file.Header.Find(Name(i))!.Shape);
            Assert.Equal(Array.ConvertAll(tensors[i].Values, value => Rounded(value, tensors[i].Type)), file.Read(Name(i)));
        }
    });

    [Fact]
    public void Every_tensor_starts_at_a_multiple_of_its_elements_size() => Tensor.Array[0, 8].Sample(tensors =>
    {
        byte[] file = Write(tensors, null);
        long dataStart = 8 + BinaryPrimitives.ReadInt64LittleEndian(file);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, (int)dataStart - 8));   // read without our own reader

        return dataStart % 8 == 0 && header.RootElement.EnumerateObject().All(tensor =>
            (dataStart + tensor.Value.GetProperty("data_offsets")[0].GetInt64()) % (tensor.Value.GetProperty("dtype").GetString() == "F32" ? 4 : 2) == 0);
    });

    [Fact]
    public void The_order_in_which_tensors_are_named_does_not_change_the_file()
    {
        TensorSpec[] tensors = [new("b", TensorType.F32, [1]), new("a", TensorType.BF16, [1]), new("c", TensorType.F32, [1])];

        Assert.Equal(Bytes(tensors), Bytes([.. tensors.Reverse()]));

        static byte[] Bytes(TensorSpec[] tensors)
        {
            using var stream = new MemoryStream();
            SafetensorsWriter.Write(stream, tensors, tensor => new float[] { tensor.Name[0] });
            return stream.ToArray();
        }
    }

    [Fact]
    public void A_number_beyond_half_precision_is_refused_for_F16_and_fits_BF16()
    {
        using var stream = new MemoryStream();

        ArgumentException fault = Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(stream, [new TensorSpec("w", TensorType.F16, [1])], _ => new float[] { 65_520 }));
        SafetensorsWriter.Write(new MemoryStream(), [new TensorSpec("w", TensorType.BF16, [1])], _ => new float[] { 65_520 });

        Assert.Contains("write it as BF16 or F32", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NaN_and_infinities_are_written_as_they_are()
    {
        foreach (TensorType type in new[] { TensorType.F32, TensorType.F16, TensorType.BF16 })
        {
            byte[] file = Write([(type, 1, 3, [float.NaN, float.PositiveInfinity, float.NegativeInfinity])], null);

            using SafetensorsFile read = SafetensorsFile.FromMemory(file, "written");
            Assert.Equal([float.NaN, float.PositiveInfinity, float.NegativeInfinity], read.Read(Name(0)));
        }
    }

    [Theory]
    [InlineData("a", "a", TensorType.F32, 1)]
    [InlineData("a", "__metadata__", TensorType.F32, 1)]
    [InlineData("a", "b", TensorType.I64, 1)]
    [InlineData("a", "b", TensorType.F32, -1)]
    [InlineData("a", "b", TensorType.F32, 2)]
    public void What_cannot_be_written_is_refused(string first, string second, TensorType type, long size) => Assert.Throws<ArgumentException>(
        () => SafetensorsWriter.Write(new MemoryStream(), [new(first, TensorType.F32, [1]), new(second, type, [size])], _ => new float[1]));

    private static string Name(int index) => $"tensor \"{index}\" ü";

    private static byte[] Write((TensorType Type, int Rows, int Columns, float[] Values)[] tensors, Dictionary<string, string>? metadata)
    {
        using var stream = new MemoryStream();
        var values = tensors.Select((tensor, i) => (Name: Name(i), tensor.Values)).ToDictionary(pair => pair.Name, pair => pair.Values, StringComparer.Ordinal);
        SafetensorsWriter.Write(stream, tensors.Select((tensor, i) => new TensorSpec(Name(i), tensor.Type, [tensor.Rows, tensor.Columns])), tensor => values[tensor.Name], metadata);
        return stream.ToArray();
    }

    private static float Rounded(float value, TensorType type) => type switch
    {
        TensorType.F16 => (float)(Half)value,
        TensorType.BF16 => BrainFloatTests.Nearest(value),
        _ => value,
    };
}
