using Kelvin.Inspection.Onnx.Wire;

namespace Kelvin.Inspection.Onnx;

/// <summary>Reads attributes of a node, and what it is called.</summary>
internal static class NodeAttributes
{
    /// <summary>A whole number, or what stands for it where it is not given.</summary>
    public static long Integer(this NodeProto node, string name, long otherwise) => Find(node, name)?.I ?? otherwise;

    /// <summary>A number, or what stands for it where it is not given.</summary>
    public static float Number(this NodeProto node, string name, float otherwise) => Find(node, name)?.F ?? otherwise;

    /// <summary>The attribute, or null.</summary>
    public static AttributeProto? Find(this NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    /// <summary>An input by its place; empty where it is left out.</summary>
    public static string InputAt(this NodeProto node, int place) => place < node.Input.Count ? node.Input[place] : "";

    /// <summary>The node's name, or that of its first output where it has none.</summary>
    public static string Label(this NodeProto node) =>
        node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(output => output.Length > 0) ?? node.OpType;

    /// <summary>Whether the operator is one of ONNX's own.</summary>
    public static bool IsStandard(this NodeProto node) => node.Domain is "" or "ai.onnx";
}
