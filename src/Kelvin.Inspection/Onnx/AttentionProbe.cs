using Google.Protobuf;
using Kelvin.Inspection.Onnx.Wire;
using Kelvin.Inspection.Sites;

namespace Kelvin.Inspection.Onnx;

/// <summary>Makes the softmax of the standard Attention operator (operator set 23 on) visible.</summary>
/// <remarks>
/// Its fourth output is what attribute <c>qk_matmul_output_mode</c> says: 3, the probabilities; 2, the logits as they enter the softmax.
/// Two twins of the node are added that give these; the node itself stays as it is. Cost: its arithmetic twice more.
/// </remarks>
internal static class AttentionProbe
{
    private const string Mode = "qk_matmul_output_mode";
    private const int BeforeSoftmax = 2;
    private const int AfterSoftmax = 3;

    /// <summary>The probe of a node.</summary>
    /// <param name="node">The Attention node.</param>
    /// <param name="number">Makes the names of the added tensors unique.</param>
    public static SiteProbe Of(NodeProto node, int number)
    {
        string prefix = FormattableString.Invariant($"kelvin.attention.{number}");
        return new SiteProbe
        {
            Node = node,
            Kind = SiteKind.Attention,
            Logits = $"{prefix}.logits",
            Probabilities = $"{prefix}.probabilities",
            Axis = -1,
            Added = [Twin(node, $"{prefix}.logits", BeforeSoftmax), Twin(node, $"{prefix}.probabilities", AfterSoftmax)],
        };
    }

    private static AddedNode Twin(NodeProto node, string tensor, long mode)
    {
        AddedNode twin = AddedNode.Parser.ParseFrom(node.ToByteString());
        twin.Name = $"{tensor}.twin";
        twin.Output.Clear();
        twin.Output.AddRange([$"{tensor}.unused", "", "", tensor]);
        foreach (AddedAttribute old in twin.Attribute.Where(attribute => attribute.Name == Mode).ToArray())
            twin.Attribute.Remove(old);
        twin.Attribute.Add(new AddedAttribute { Name = Mode, I = mode, Type = AttributeProto.Types.AttributeType.Int });
        return twin;
    }
}
