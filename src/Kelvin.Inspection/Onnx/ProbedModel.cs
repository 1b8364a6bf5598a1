using Google.Protobuf;
using Kelvin.Inspection.Onnx.Wire;

namespace Kelvin.Inspection.Onnx;

/// <summary>A model file with more graph outputs: the file's own bytes, unchanged, and a message behind them.</summary>
/// <remarks>
/// Protocol buffers merge a message that follows another of its kind: lists grow, everything else stays. So nothing of the
/// file has to be understood to be kept, and weights are neither parsed nor copied twice.
/// </remarks>
internal static class ProbedModel
{
    /// <summary>The bytes of the model in which every tensor that the probes fetch is a graph output.</summary>
    public static byte[] Of(OnnxFile file, IReadOnlyList<SiteProbe> probes)
    {
        HashSet<string> outputs = [.. file.Graph.Output.Select(output => output.Name)];
        var added = new AddedModel { Graph = new AddedGraph() };
        foreach (SiteProbe probe in probes)
        {
            added.Graph.Node.AddRange(probe.Added);
            foreach (string tensor in probe.Fetched.Where(outputs.Add))
                added.Graph.Output.Add(new ValueInfoProto { Name = tensor });
        }

        return [.. file.Bytes, .. added.ToByteArray()];
    }
}
