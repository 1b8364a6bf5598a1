using Kelvin.Inspection.Inputs;
using Kelvin.Inspection.Sites;
using Kelvin.Softmax;

namespace Kelvin.Inspection.Tests.Onnx;

/// <summary>The ONNX project's own tests of Softmax and LogSoftmax.</summary>
public sealed class NodeTests
{
    public static TheoryData<string> Cases { get; } = [.. Directory.EnumerateDirectories(Path.Combine(Fixture.Folder, "node")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_fourteen() => Assert.Equal(14, Cases.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_rows_are_those_of_the_definition_and_the_output_is_the_expected_one(string name)
    {
        string folder = Path.Combine(Fixture.Folder, "node", name);
        string data = Path.Combine(folder, "test_data_set_0", "input_0.pb");
        InputTensor input = TensorProtoFile.Read(File.ReadAllBytes(data), "input_0.pb");
        InputTensor output = TensorProtoFile.Read(File.ReadAllBytes(data.Replace("input", "output", StringComparison.Ordinal)), "output_0.pb");

        SoftmaxSite site = Assert.Single(Fixture.InspectFile(
            Path.Combine(folder, "model.onnx"), new() { Inputs = [InputSource.File(data, "input_0.pb")], KeepsRows = true }).Sites);

        double[][] rows = SlowSoftmax.Rows(Numbers(input), [.. input.Shape], site.Axis, isFlattened: false);
        double[][] expected = SlowSoftmax.Rows(Numbers(output), [.. output.Shape], site.Axis, isFlattened: false);
        bool isLog = name.Contains("logsoftmax", StringComparison.Ordinal);
        Assert.Equal(rows.Length, site.Rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            SoftmaxStatistics got = site.Rows.Span[i];
            (double max, double lse, double entropy, double maxProbability) = SlowSoftmax.Vitals(rows[i]);
            Assert.Equal(max, got.MaxLogit, 1e-12);
            Assert.Equal(lse, got.LogSumExp, 1e-9);
            Assert.Equal(entropy, got.Entropy, 1e-9);
            Assert.Equal(maxProbability, got.MaxProbability, 1e-12);
            Assert.Equal(isLog ? Math.Exp(expected[i].Max()) : expected[i].Max(), got.MaxProbability, 1e-5);
        }

        Assert.InRange(site.LargestDifference, 0, 1e-5);
    }

    private static double[] Numbers(InputTensor tensor) =>
        [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(tensor.Bytes.Span).ToArray().Select(x => (double)x)];
}
