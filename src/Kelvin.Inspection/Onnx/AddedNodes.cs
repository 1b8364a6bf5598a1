using System.Globalization;
using Google.Protobuf;
using Kelvin.Inspection.Inputs;
using Kelvin.Inspection.Onnx.Wire;

namespace Kelvin.Inspection.Onnx;

/// <summary>Writes nodes to be added to a graph, each with one output that is named after it.</summary>
/// <param name="prefix">Begins all names; must be in nobody else's use.</param>
internal sealed class AddedNodes(string prefix)
{
    private readonly List<AddedNode> _nodes = [];

    /// <summary>The nodes so far, each after those it reads.</summary>
    public IReadOnlyList<AddedNode> All => _nodes;

    /// <summary>Adds a node of a standard operator and returns the name of its output.</summary>
    public string Add(string operatorType, IEnumerable<string> inputs, params AddedAttribute[] attributes)
    {
        string name = $"{prefix}.{_nodes.Count.ToString(CultureInfo.InvariantCulture)}";
        var node = new AddedNode { Name = name, OpType = operatorType };
        node.Input.AddRange(inputs);
        node.Output.Add(name);
        node.Attribute.AddRange(attributes);
        _nodes.Add(node);
        return name;
    }

    /// <summary>Adds a constant vector of whole numbers.</summary>
    public string Constant(params long[] values) => Constant(ElementType.Int64, [.. values.Select(value => (double)value)], [values.Length]);

    /// <summary>Adds a constant number.</summary>
    public string Constant(float value) => Constant(ElementType.Float32, [value], []);

    private string Constant(ElementType type, double[] values, long[] shape)
    {
        var tensor = new TensorProto { DataType = (int)type, RawData = ByteString.CopyFrom(Elements.Encode(type, values)) };
        tensor.Dims.AddRange(shape);
        return Add("Constant", [], new AddedAttribute { Name = "value", T = tensor, Type = AttributeProto.Types.AttributeType.Tensor });
    }
}
