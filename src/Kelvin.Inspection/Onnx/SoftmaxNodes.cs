using Kelvin.Inspection.Onnx.Wire;
using Kelvin.Inspection.Sites;

namespace Kelvin.Inspection.Onnx;

/// <summary>Finds every softmax of a graph: those that can be seen, and those that cannot.</summary>
internal static class SoftmaxNodes
{
    private static readonly HashSet<string> Holding = new(StringComparer.Ordinal)
    {
        "ai.onnx:SoftmaxCrossEntropyLoss", "com.microsoft:Attention", "com.microsoft:BiasSoftmax", "com.microsoft:DecoderAttention",
        "com.microsoft:DecoderMaskedMultiHeadAttention", "com.microsoft:DecoderMaskedSelfAttention", "com.microsoft:GroupQueryAttention",
        "com.microsoft:LongformerAttention", "com.microsoft:MoE", "com.microsoft:MultiHeadAttention", "com.microsoft:PackedAttention",
        "com.microsoft:PackedMultiHeadAttention", "com.microsoft:PagedAttention", "com.microsoft:QAttention", "com.microsoft:QLinearSoftmax",
        "com.microsoft:QMoE", "com.microsoft:QOrderedAttention", "com.microsoft:QOrderedLongformerAttention", "com.microsoft:SoftmaxCrossEntropyLossInternal",
        "com.microsoft:SparseAttention",
    };

    /// <summary>Finds them, in the order of the graph's nodes.</summary>
    public static (IReadOnlyList<SiteProbe> Visible, IReadOnlyList<HiddenSoftmax> Hidden) Find(OnnxFile file)
    {
        var visible = new List<SiteProbe>();
        var hidden = new List<HiddenSoftmax>();
        var purposes = new Purposes(file.Graph);
        Dictionary<string, FunctionProto> functions = file.Model.Functions.GroupBy(Key, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        foreach (NodeProto node in file.Graph.Node)
        {
            if (node.Input.Count == 0 || node.Output.Count == 0)
                continue;   // no valid node; the runtime says so
            if (node.IsStandard() && node.OpType is "Softmax" or "LogSoftmax")
                visible.Add(Plain(node, file.Opset, purposes));
            else if (node.IsStandard() && node.OpType == "Attention")
                visible.Add(AttentionProbe.Of(node, visible.Count));
            else if (node is { Domain: "com.microsoft", OpType: "Attention" })
                FusedAttention.Add(node, file, visible, hidden);
            else if (Holding.Contains(Key(node)))
                hidden.Add(Fused(node));
            else if (functions.TryGetValue(Key(node), out FunctionProto? function))
                AddInner(function.Node, node.Label(), $"it stands in the function {function.Name}", functions, hidden, 0);
            AddSubgraphs(node, "", functions, hidden, 0);
        }

        return (visible, hidden);
    }

    private static SiteProbe Plain(NodeProto node, long opset, Purposes purposes) => new()
    {
        Node = node,
        Kind = purposes.Of(node.Output[0]),
        Logits = node.InputAt(0),
        Probabilities = node.Output[0],
        AreLogarithms = node.OpType == "LogSoftmax",
        Axis = node.Integer("axis", opset < 13 ? 1 : -1),
        IsFlattened = opset < 13,
    };

    private static HiddenSoftmax Fused(NodeProto node) => new(
        node.Label(),
        Key(node),
        $"the operator {Key(node)} computes it inside and gives it to nobody",
        "Export the model without attention fusion (no optimisation by ONNX Runtime's transformer tools).");

    private static void AddSubgraphs(NodeProto node, string path, Dictionary<string, FunctionProto> functions, List<HiddenSoftmax> hidden, int depth)
    {
        foreach (AttributeProto attribute in node.Attribute)
        {
            foreach (GraphProto graph in attribute.Graphs.Prepend(attribute.G).OfType<GraphProto>())
                AddInner(graph.Node, $"{path}{node.Label()}/{attribute.Name}", $"it stands inside the {attribute.Name} of {node.OpType}, whose tensors cannot leave it", functions, hidden, depth);
        }
    }

    private static void AddInner(
        IEnumerable<NodeProto> nodes, string path, string reason, Dictionary<string, FunctionProto> functions, List<HiddenSoftmax> hidden, int depth)
    {
        if (depth > 20)   // a function that calls itself is no valid model; the runtime says so
            return;
        foreach (NodeProto node in nodes)
        {
            if ((node.IsStandard() && node.OpType is "Softmax" or "LogSoftmax" or "Attention") || Holding.Contains(Key(node)))
                hidden.Add(new HiddenSoftmax($"{path}/{node.Label()}", node.OpType, reason, "Export the model without control flow around it, or inline it: onnx.inliner for functions."));
            else if (functions.TryGetValue(Key(node), out FunctionProto? function))
                AddInner(function.Node, $"{path}/{node.Label()}", reason, functions, hidden, depth + 1);
            AddSubgraphs(node, $"{path}/", functions, hidden, depth + 1);
        }
    }

    private static string Key(NodeProto node) => $"{(node.IsStandard() ? "ai.onnx" : node.Domain)}:{node.OpType}";

    private static string Key(FunctionProto function) => $"{(function.Domain.Length == 0 ? "ai.onnx" : function.Domain)}:{function.Name}";
}
