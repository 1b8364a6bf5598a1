using System.Text;
using System.Text.Json;
using Kelvin.Inspection.Inputs;

namespace Kelvin.Inspection.Tests.Inputs;

public sealed class InputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kelvin-inputs-").FullName;
    private readonly TestModel _model = new(17, ElementType.Float32, "batch", "3");

    [Fact]
    public void A_numpy_file_a_tensor_and_both_kinds_of_JSON_give_the_same_numbers()
    {
        InputSource[] sources =
        [
            File("x.npy", Npy("<f4", "(2, 3)", [1, 2, 3, 4, 5, 6])),
            File("x.json", """{"x": [[1, 2, 3], [4, 5, 6]]}"""),
            File("y.json", """{"inputs": {"x": {"shape": [2, 3], "dtype": "float32", "data": [1, 2, 3, 4, 5, 6]}}}"""),
        ];

        double[] lse = [.. sources.Select(source => Inspect(source).Sites[0].Whole.LogSumExp.Mean)];

        Assert.All(lse, value => Assert.Equal(4.9076059644, value, 1e-9));
    }

    [Fact]
    public void Generated_inputs_are_the_same_for_the_same_seed_and_others_for_another()
    {
        double first = Generated(1);

        Assert.Equal(first, Generated(1));
        Assert.NotEqual(first, Generated(2));
    }

    [Fact]
    public void Generated_token_ids_stay_within_their_table_and_masks_are_ones()
    {
        InspectionReport report = Fixture.InspectFile(
            Fixture.PathOf("attn-opset17-dynamic.onnx"), new() { Dimensions = new Dictionary<string, int>(StringComparer.Ordinal) { ["batch"] = 2, ["seq"] = 9 } });

        Assert.Equal(["generated: uniform from 0 to 49", "generated: ones"], report.Inputs.Select(input => input.Origin), StringComparer.Ordinal);
        Assert.All(report.Sites, site => Assert.Equal([2L, 4, 9, 9], site.Shape));
    }

    [Theory]
    [InlineData("""{"z": [[1, 2, 3]]}""", "gives the input z, which the model does not have", "x (float32 [batch, 3])")]
    [InlineData("""{"x": [[1, 2]]}""", "has shape [1, 2]", "Give a tensor of that shape")]
    [InlineData("""{"x": [1, 2, 3]}""", "has shape [3]", "Give a tensor of that shape")]
    [InlineData("""{"x": {"dtype": "int64", "data": [[1, 2, 3]]}}""", "is int64 in in.json, but must be float32", "astype")]
    [InlineData("""{"x": {"dtype": "complex64", "data": [[1, 2, 3]]}}""", "dtype is complex64", "float32")]
    [InlineData("""{"x": [[1, 2, 3], [4]]}""", "not all of the same length", "Write")]
    [InlineData("""{"x": [[1, null, 3]]}""", "holds null where a number must stand", "Write")]
    [InlineData("""{"x": {"shape": [2, 2], "data": [1, 2, 3]}}""", "has 3 numbers, but its shape [2, 2] takes 4", "Write")]
    [InlineData("""[1, 2]""", "holds a list", "Write")]
    [InlineData("""{"x": """, "in.json:1 is no JSON", "Write")]
    public void Wrong_JSON_is_refused_with_what_the_model_wants(string json, string problem, string remedy)
    {
        InspectionException refused = Assert.Throws<InspectionException>(() => Inspect(File("in.json", json)));

        Assert.Contains(problem, refused.Problem, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_numpy_files_and_tensors_are_refused()
    {
        Refused("big.npy", Npy(">f4", "(1, 3)", [1, 2, 3]), "of type >f4");
        Refused("cut.npy", Npy("<f4", "(1, 3)", [1, 2]), "has 8 bytes of numbers, but its shape [1, 3] of float32 takes 12");
        Refused("text.npy", Encoding.ASCII.GetBytes("not numpy at all"), "is no .npy file");
        Refused("huge.npy", Npy("<f4", "(1000000000, 1000000000)", []), "is no shape of a tensor that fits here");
        Refused("double.npy", Npy("<f4", "(1, 3)", [1, 2, 3], fortran: true), "is in Fortran order");
        Refused("x.pb", [1, 2, 3], "is damaged or no TensorProto");
        Refused("x.csv", [1, 2, 3], "is no kind of input");
        Assert.Contains("There is no file gone.npy", Assert.Throws<InspectionException>(() => Inspect(InputSource.File(Path.Combine(_folder, "gone.npy"), "gone.npy"))).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_dimensions_must_be_given_and_be_there()
    {
        string path = Softmax();

        Assert.Contains("--dim batch=4", Fixture.Refused(path).Remedy, StringComparison.Ordinal);
        InspectionException unknown = Fixture.Refused(path, new() { Dimensions = new Dictionary<string, int>(StringComparer.Ordinal) { ["batch"] = 1, ["time"] = 2 } });
        Assert.Equal(("The model has no open dimension time.", "It has batch."), (unknown.Problem, unknown.Remedy));
    }

    [Fact]
    public void Inputs_that_share_a_dimension_must_agree()
    {
        _model.Input("y", ElementType.Float32, "batch", "3");
        string path = _model.Write(_model.Nodes.Add("Softmax", [_model.Nodes.Add("Add", ["x", "y"])]));

        InspectionException refused = Fixture.Refused(path, new() { Inputs = [File("in.json", """{"x": [[1, 2, 3]], "y": [[1, 2, 3], [4, 5, 6]]}""")] });
        InspectionException nameless = Fixture.Refused(path, new() { Inputs = [File("x.npy", Npy("<f4", "(1, 3)", [1, 2, 3]))] });

        Assert.Contains("The dimension batch is 1 in the input x, but 2 in y", refused.Problem, StringComparison.Ordinal);
        Assert.Contains("x.npy does not say which input it is for", nameless.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("float16", "[0.5, -2, 65504]")]
    [InlineData("bfloat16", "[0.5, -2, 1]")]
    [InlineData("float64", "[0.1, -2e300, 1]")]
    [InlineData("int8", "[-128, 127]")]
    [InlineData("uint64", "[0, 4294967296]")]
    [InlineData("bool", "[true, false]")]
    public void Every_type_of_number_keeps_its_values(string type, string numbers)
    {
        using var document = JsonDocument.Parse($$"""{"x": {"dtype": "{{type}}", "data": {{numbers}} } }""");

        InputTensor tensor = Assert.Single(JsonTensors.Read(document.RootElement, "test", []));

        Assert.Equal(type, Elements.Name(tensor.Type));
        Assert.Equal(tensor.Shape[0] * Elements.Size(tensor.Type), tensor.Bytes.Length);
    }

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static byte[] Npy(string type, string shape, float[] numbers, bool fortran = false)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. Elements.Encode(ElementType.Float32, [.. numbers.Select(x => (double)x)])];
    }

    private double Generated(int seed) => Fixture.InspectFile(
        Softmax(), new() { Seed = seed, Dimensions = new Dictionary<string, int>(StringComparer.Ordinal) { ["batch"] = 4 } }).Sites[0].Whole.Entropy.Mean;

    private void Refused(string name, byte[] content, string problem) =>
        Assert.Contains(problem, Assert.Throws<InspectionException>(() => Inspect(File(name, content))).Problem, StringComparison.Ordinal);

    private InspectionReport Inspect(InputSource source) => Fixture.InspectFile(Softmax(), new() { Inputs = [source] });

    private string Softmax() => _model.Write(_model.Nodes.All.Count > 0 ? _model.Nodes.All[^1].Output[0] : _model.Nodes.Add("Softmax", ["x"]));

    private InputSource File(string name, string text) => File(name, Encoding.UTF8.GetBytes(text));

    private InputSource File(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllBytes(path, content);
        return InputSource.File(path, name);
    }
}
