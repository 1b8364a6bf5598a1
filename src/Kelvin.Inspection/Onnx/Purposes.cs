using Kelvin.Inspection.Onnx.Wire;
using Kelvin.Inspection.Sites;

namespace Kelvin.Inspection.Onnx;

/// <summary>Tells what probabilities are for by where they go: through reshapes and the like into a matrix product, or out of the model.</summary>
internal sealed class Purposes
{
    private static readonly HashSet<string> PassThrough = new(StringComparer.Ordinal)
    {
        "Cast", "DequantizeLinear", "Dropout", "Identity", "Mul", "QuantizeLinear", "Reshape", "Squeeze", "Transpose", "Unsqueeze", "Where",
    };

    private static readonly HashSet<string> Products = new(StringComparer.Ordinal)
    {
        "Einsum", "FusedMatMul", "Gemm", "MatMul", "MatMulInteger", "QLinearMatMul",
    };

    private readonly ILookup<string, NodeProto> _readers;
    private readonly HashSet<string> _outputs;

    /// <summary>Takes a graph.</summary>
    public Purposes(GraphProto graph)
    {
        _readers = graph.Node.SelectMany(node => node.Input.Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);
        _outputs = [.. graph.Output.Select(output => output.Name)];
    }

    /// <summary>What a tensor of probabilities is for.</summary>
    public SiteKind Of(string probabilities)
    {
        string[] reached = [.. Reached(probabilities)];
        if (reached.Any(tensor => _readers[tensor].Any(node => Products.Contains(node.OpType))))
            return SiteKind.Attention;
        return reached.Any(_outputs.Contains) ? SiteKind.Output : SiteKind.Other;
    }

    /// <summary>The tensor, and all that is made of it by passing it through.</summary>
    private HashSet<string> Reached(string tensor)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { tensor };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out string? next))
        {
            foreach (NodeProto node in _readers[next].Where(node => PassThrough.Contains(node.OpType) && node.Output.Count > 0 && reached.Add(node.Output[0])))
                open.Enqueue(node.Output[0]);
        }

        return reached;
    }
}
