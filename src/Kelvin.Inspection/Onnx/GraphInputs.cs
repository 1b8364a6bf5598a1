using Kelvin.Inspection.Inputs;
using Kelvin.Inspection.Onnx.Wire;

namespace Kelvin.Inspection.Onnx;

/// <summary>Reads from a graph what it wants to be fed.</summary>
internal static class GraphInputs
{
    /// <summary>The inputs that are no weights, in the model's order.</summary>
    public static IReadOnlyList<DeclaredInput> Of(OnnxFile file)
    {
        HashSet<string> weights = [.. file.Graph.Initializer.Select(weight => weight.Name)];
        return [.. file.Graph.Input.Where(input => !weights.Contains(input.Name)).Select(input => Declared(input, file))];
    }

    private static DeclaredInput Declared(ValueInfoProto input, OnnxFile file)
    {
        TypeProto.Types.Tensor tensor = input.Type?.TensorType
            ?? throw new InspectionException($"{file.Label}: the input {input.Name} is no tensor.", "Kelvin runs models whose inputs are tensors; export it without sequences, maps and optionals.");
        if (!Elements.IsKnown(tensor.ElemType))
            throw new InspectionException(FormattableString.Invariant($"{file.Label}: the input {input.Name} has elements of ONNX type {tensor.ElemType}, which Kelvin does not feed."), "Inputs must be numbers or booleans; cut text processing off the model.");

        return new DeclaredInput(
            input.Name,
            (ElementType)tensor.ElemType,
            tensor.Shape?.Dim.Select((dimension, place) => Dimension(dimension, input.Name, place)).ToArray())
        {
            IndexBound = IndexBound(input.Name, file.Graph),
        };
    }

    private static DeclaredDimension Dimension(TensorShapeProto.Types.Dimension dimension, string input, int place)
    {
        string name = dimension.DimParam.Length > 0 ? dimension.DimParam : FormattableString.Invariant($"{input}[{place}]");
        return new DeclaredDimension(dimension.HasDimValue && dimension.DimValue >= 0 ? dimension.DimValue : null, name);
    }

    /// <summary>Rows of the smallest table that is looked up by an input, directly or after a cast.</summary>
    private static long? IndexBound(string input, GraphProto graph)
    {
        HashSet<string> names = [input, .. graph.Node.Where(node => node.OpType is "Cast" or "Identity" && node.Input.Count > 0 && node.Input[0] == input).SelectMany(node => node.Output)];
        return graph.Node
            .Where(node => node.OpType == "Gather" && node.Input.Count == 2 && names.Contains(node.Input[1]) && Axis(node) == 0)
            .Select(node => graph.Initializer.FirstOrDefault(weight => weight.Name == node.Input[0])?.Dims.FirstOrDefault())
            .Where(rows => rows > 0)
            .Min();
    }

    private static long Axis(NodeProto node) => node.Attribute.FirstOrDefault(attribute => attribute.Name == "axis")?.I ?? 0;
}
