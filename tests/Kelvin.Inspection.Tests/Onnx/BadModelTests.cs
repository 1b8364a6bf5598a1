using Kelvin.Inspection.Inputs;
using Kelvin.Inspection.Onnx.Wire;

namespace Kelvin.Inspection.Tests.Onnx;

public sealed class BadModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kelvin-bad-").FullName;

    public static TheoryData<string, byte[], string, string> Foreign { get; } = new()
    {
        { "model.gguf", "GGUF\u0003\0\0\0"u8.ToArray(), "a GGUF model", "save_pretrained" },
        { "renamed.onnx", "GGUF\u0003\0\0\0"u8.ToArray(), "a GGUF model", "save_pretrained" },
        { "model.pt", "PK\u0003\u0004\0\0"u8.ToArray(), "a zip archive, as PyTorch writes", "torch.onnx.export" },
        { "model.ckpt", [0x80, 2, (byte)'}', (byte)'q'], "a pickle", "safe_serialization=True" },
        { "old.onnx", [0x80, 4, 0x95, 0], "a pickle", "safe_serialization=True" },
        { "pytorch_model.bin", "anything"u8.ToArray(), "a PyTorch pickle by its name", "safe_serialization=True" },
        { "model.safetensors", [64, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'"'], "a safetensors file", "Name the folder that holds it" },
        { "keras.h5", [0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10], "an HDF5 file", "Export it with tf2onnx" },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public void A_file_of_another_kind_is_refused_by_name_with_the_way_to_convert(string name, byte[] content, string what, string remedy)
    {
        InspectionException refused = Fixture.Refused(Write(name, content));

        Assert.StartsWith($"{name} is {what}", refused.Problem, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_empty_or_a_folder_is_named()
    {
        Assert.Contains("There is no file", Fixture.Refused(Path.Combine(_folder, "none.onnx")).Problem, StringComparison.Ordinal);
        Assert.Contains("is a folder", Fixture.Refused(_folder).Problem, StringComparison.Ordinal);
        Assert.Contains("has no graph", Fixture.Refused(Write("empty.onnx", [])).Problem, StringComparison.Ordinal);
        Assert.Contains("text.onnx is damaged or no ONNX model", Fixture.Refused(Write("text.onnx", "hello world, this is text"u8.ToArray())).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_short_anywhere_gives_an_error_or_the_truth_but_never_a_crash()
    {
        byte[] whole = File.ReadAllBytes(Fixture.PathOf("attn-opset13-static.onnx"));
        for (int part = 1; part < 40; part++)
        {
            string path = Write($"cut{part}.onnx", whole[..(whole.Length * part / 40)]);

            InspectionException refused = Fixture.Refused(path);

            Assert.Contains($"cut{part}.onnx", refused.Problem, StringComparison.Ordinal);
            Assert.NotEmpty(refused.Remedy);
        }
    }

    [Fact]
    public void A_large_file_that_is_no_model_is_refused_before_it_is_read()
    {
        string path = Write("zeros.onnx", []);
        using (FileStream stream = File.OpenWrite(path))
            stream.SetLength(1L << 30);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Fixture.Refused(path);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Flipped_bytes_give_an_error_or_numbers_but_never_another_exception()
    {
        byte[] whole = File.ReadAllBytes(Fixture.PathOf("attn-opset13-static.onnx"));
        var random = new MathNet.Numerics.Random.Xoshiro256StarStar(5);
        for (int round = 0; round < 400; round++)
        {
            byte[] flipped = [.. whole];
            for (int i = 0; i < 3; i++)
                flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            string path = Write("flipped.onnx", flipped);

            Exception? thrown = Record.Exception(() => Fixture.InspectFile(path));

            Assert.True(thrown is null or InspectionException, $"round {round}: {thrown}");
        }
    }

    [Fact]
    public void An_unknown_operator_is_named_with_its_node()
    {
        using var model = new TestModel(17, ElementType.Float32, "2", "3");
        string output = model.Nodes.Add("Softmax", [model.Nodes.Add("Sparkle", ["x"])]);

        InspectionException refused = Fixture.Refused(model.Write(output));

        Assert.StartsWith("model.onnx needs the operator Sparkle (node n.0)", refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_of_a_domain_that_nobody_knows_is_named()
    {
        using var model = new TestModel(17, ElementType.Float32, "2", "3");
        model.Model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.example", Version = 1 });
        model.Graph.Node.Add(new NodeProto { Name = "odd", OpType = "Twist", Domain = "com.example", Input = { "x" }, Output = { "twisted" } });
        string output = model.Nodes.Add("Softmax", ["twisted"]);

        InspectionException refused = Fixture.Refused(model.Write(output));

        Assert.Contains("needs the operator Twist (node odd, domain com.example)", refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_in_a_file_that_is_missing_are_named()
    {
        using var model = new TestModel(17, ElementType.Float32, "2", "3");
        model.Graph.Initializer.Add(new WeightProto
        {
            Name = "w",
            DataType = 1,
            Dims = { 3 },
            DataLocation = 1,
            ExternalData = { new StringStringEntryProto { Key = "location", Value = "weights.bin" } },
        });
        string output = model.Nodes.Add("Softmax", [model.Nodes.Add("Mul", ["x", "w"])]);

        InspectionException refused = Fixture.Refused(model.Write(output));

        Assert.Contains("keeps the weight w in the file weights.bin", refused.Problem, StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(model.FilePath)!, "weights.bin"), Elements.Encode(ElementType.Float32, [1, 2, 3]));
        Assert.Equal(2, Assert.Single(Fixture.InspectFile(model.FilePath).Sites).Whole.Rows);
    }

    [Fact]
    public void A_node_that_fails_on_the_inputs_is_named()
    {
        using var model = new TestModel(17, ElementType.Float32, "a", "b");
        string output = model.Nodes.Add("Softmax", [model.Nodes.Add("Reshape", ["x", model.Nodes.Constant(5)])]);

        InspectionException refused = Fixture.Refused(
            model.Write(output), new() { Dimensions = new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = 2, ["b"] = 3 } });

        Assert.StartsWith("model.onnx stopped at the Reshape node n.1:", refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_softmax_says_so_and_needs_no_input()
    {
        using var model = new TestModel(17, ElementType.Float32, "a", "b");

        InspectionReport report = Fixture.InspectFile(model.Write(model.Nodes.Add("Relu", ["x"])));

        Assert.Equal("There is no softmax in this model.", InspectionWords.Headline(report));
        Assert.Empty(report.Inputs);
    }

    [Fact]
    public void Broken_logits_and_fillers_are_told_apart_from_masks()
    {
        using var model = new TestModel(17, ElementType.Float32, "3", "3");
        string output = model.Nodes.Add("Softmax", ["x"]);
        float[] x = [float.NaN, 0, 0, float.MinValue, 1, 1, 70000, 0, 0];

        InspectionReport report = Fixture.InspectFile(
            model.Write(output), new() { Inputs = [InputSource.Floats(x, [3, 3], "test")], KeepsRows = true });

        Assert.Equal(2, report.Sites[0].Rows.Span[1].UnmaskedCount);
        Assert.Equal(["float16_overflow", "non_finite"], report.Findings.Select(finding => finding.Kind), StringComparer.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
