using Kelvin.Inspection.Inputs;
using Kelvin.Inspection.Onnx;

namespace Kelvin.Inspection.Tests;

/// <summary>The ONNX fixtures.</summary>
internal static class Fixture
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "fixtures", "onnx");

    public static string PathOf(string name) => Path.Combine(Folder, name);

    public static InspectionReport Inspect(string name, params InputSource[] inputs) => InspectFile(PathOf(name), new OnnxInspectionOptions { Inputs = inputs, KeepsRows = true });

    public static InspectionReport InspectFile(string path, OnnxInspectionOptions? options = null) =>
        OnnxInspector.Inspect(path, Path.GetFileName(path), options ?? new OnnxInspectionOptions { KeepsRows = true }, TestContext.Current.CancellationToken);

    /// <summary>The error that a file and its inputs give.</summary>
    public static InspectionException Refused(string path, OnnxInspectionOptions? options = null) => Assert.Throws<InspectionException>(() => InspectFile(path, options));

    /// <summary>The open dimensions of a model's first input.</summary>
    public static string[] OpenDimensions(string name) =>
        [.. GraphInputs.Of(OnnxFile.Read(PathOf(name), name))[0].Dimensions!.Where(dimension => dimension.Size is null).Select(dimension => dimension.Name)];
}
