using System.Globalization;
using Google.Protobuf;
using Kelvin.Inspection.Inputs;
using Kelvin.Inspection.Onnx;
using Kelvin.Inspection.Onnx.Wire;

namespace Kelvin.Inspection.Tests;

/// <summary>Writes small ONNX models: one input x, some nodes, the last node's output.</summary>
internal sealed class TestModel : IDisposable
{
    private readonly ModelProto _model = new() { IrVersion = 8, ProducerName = "test", Graph = new GraphProto { Name = "g" } };
    private readonly string _folder = Directory.CreateTempSubdirectory("kelvin-onnx-").FullName;

    public TestModel(int opset, ElementType type, params string[] shape)
    {
        Nodes = new AddedNodes("n");
        _model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        Input("x", type, shape);
    }

    public AddedNodes Nodes { get; }

    public GraphProto Graph => _model.Graph;

    public ModelProto Model => _model;

    public string FilePath => Path.Combine(_folder, "model.onnx");

    public static AddedAttribute Integer(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    /// <summary>Adds an input; a dimension is a number, a name, or empty.</summary>
    public TestModel Input(string name, ElementType type, params string[] shape)
    {
        var dimensions = new TensorShapeProto();
        dimensions.Dim.AddRange(shape.Select(size => long.TryParse(size, CultureInfo.InvariantCulture, out long value)
            ? new TensorShapeProto.Types.Dimension { DimValue = value }
            : size.Length > 0 ? new TensorShapeProto.Types.Dimension { DimParam = size } : new TensorShapeProto.Types.Dimension()));
        _model.Graph.Input.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions } } });
        return this;
    }

    /// <summary>Writes the file and returns its path.</summary>
    public string Write(string output)
    {
        var added = new AddedModel { Graph = new AddedGraph() };
        added.Graph.Node.AddRange(Nodes.All);
        added.Graph.Output.Add(new ValueInfoProto { Name = output });
        File.WriteAllBytes(FilePath, [.. _model.ToByteArray(), .. added.ToByteArray()]);
        return FilePath;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
