using Kelvin.Inspection.Onnx.Wire;
using Kelvin.Inspection.Sites;

namespace Kelvin.Inspection.Onnx;

/// <summary>Makes the softmax inside ONNX Runtime's fused Attention visible by computing its logits anew beside it, where that is sound.</summary>
/// <remarks>
/// <para>z = scale · (x W_q + b_q)(x W_k + b_k)ᵀ by head, plus the attention bias; later keys are masked if it is unidirectional.</para>
/// <para>Sound means: float weights in the file, no mask input, no cache, no rotary positions. Otherwise it is reported as hidden.</para>
/// </remarks>
internal static class FusedAttention
{
    private const int Float = 1;
    private const int FirstOpset = 10;   // Slice with starts and ends as inputs
    private const string Remedy = "Export the model without attention fusion (no optimisation by ONNX Runtime's transformer tools).";

    /// <summary>Adds a node to what is visible or to what is hidden.</summary>
    public static void Add(NodeProto node, OnnxFile file, List<SiteProbe> visible, List<HiddenSoftmax> hidden)
    {
        WeightProto? weight = file.Graph.Initializer.FirstOrDefault(weight => weight.Name == node.InputAt(1));
        string? obstacle = Obstacle(node, weight, file.Opset);
        if (obstacle is null)
            visible.Add(Probe(node, weight!, visible.Count));
        else
            hidden.Add(new HiddenSoftmax(node.Label(), "com.microsoft:Attention", $"the fused operator computes it inside, and {obstacle}", Remedy));
    }

    private static string? Obstacle(NodeProto node, WeightProto? weight, long opset)
    {
        if (weight is not { DataType: Float, Dims.Count: 2 })
            return "its weights are no float matrix of the file";
        if (opset < FirstOpset)
            return FormattableString.Invariant($"operator set {opset} lacks what computing it anew needs");
        if (node.InputAt(3).Length > 0)
            return "it has a mask input";
        if (node.InputAt(4).Length > 0 || node.InputAt(6).Length > 0)
            return "it has a cache of past keys";
        if (node.Integer("do_rotary", 0) != 0)
            return "it turns positions inside";
        (long queries, long keys) = Widths(node, weight);
        return node.Integer("num_heads", 0) is var heads && (heads <= 0 || queries != keys || queries <= 0 || queries % heads != 0)
            ? "its heads do not divide its width"
            : null;
    }

    private static (long Queries, long Keys) Widths(NodeProto node, WeightProto weight) =>
        node.Find("qkv_hidden_sizes") is { Ints.Count: 3 } sizes ? (sizes.Ints[0], sizes.Ints[1]) : (weight.Dims[1] / 3, weight.Dims[1] / 3);

    private static SiteProbe Probe(NodeProto node, WeightProto weight, int number)
    {
        var nodes = new AddedNodes(FormattableString.Invariant($"kelvin.fused.{number}"));
        (long queries, long keys) = Widths(node, weight);
        long heads = node.Integer("num_heads", 0);
        float given = node.Number("scale", 0);
        float scale = given == 0 ? (float)(1 / Math.Sqrt(queries / heads)) : given;

        string projected = nodes.Add("MatMul", [node.InputAt(0), weight.Name]);
        if (node.InputAt(2).Length > 0)
            projected = nodes.Add("Add", [projected, node.InputAt(2)]);
        string q = Head(nodes, projected, 0, queries, heads, [0, 2, 1, 3]);
        string k = Head(nodes, projected, queries, queries + keys, heads, [0, 2, 3, 1]);
        string logits = nodes.Add("Mul", [nodes.Add("MatMul", [q, k]), nodes.Constant(scale)]);
        if (node.InputAt(5).Length > 0)
            logits = nodes.Add("Add", [logits, node.InputAt(5)]);

        return new SiteProbe
        {
            Node = node,
            Kind = SiteKind.Attention,
            Logits = logits,
            Probabilities = "",
            Axis = -1,
            IsCausal = node.Integer("unidirectional", 0) != 0,
            Added = nodes.All,
        };
    }

    private static string Head(AddedNodes nodes, string projected, long from, long to, long heads, long[] order)
    {
        string part = nodes.Add("Slice", [projected, nodes.Constant([from]), nodes.Constant([to]), nodes.Constant([2])]);
        string split = nodes.Add("Reshape", [part, nodes.Constant([0, 0, heads, (to - from) / heads])]);
        return nodes.Add("Transpose", [split], new AddedAttribute { Name = "perm", Ints = { order }, Type = AttributeProto.Types.AttributeType.Ints });
    }
}
