using Kelvin.Inspection.Inputs;
using Kelvin.Inspection.Sites;
using Microsoft.ML.OnnxRuntime;

namespace Kelvin.Inspection.Onnx;

/// <summary>Fetches sites in portions, each as many as fit into the bytes that may be held, judged by the largest so far.</summary>
internal sealed class Portions(ModelSession session, OnnxInspectionOptions options, CancellationToken cancellationToken)
{
    private const double Disagreement = 1e-3;
    private long _largestSite = 1;
    private long _largestRun;
    private long _all;
    private int _runs;

    /// <summary>Runs the model until all sites are read; not at all if there are none.</summary>
    public IReadOnlyList<SoftmaxSite> Read(IReadOnlyList<SiteProbe> probes)
    {
        var sites = new List<SoftmaxSite>();
        while (sites.Count < probes.Count)
        {
            // The sizes are known only after a run: the first one fetches one site, the others as many as fit.
            long fit = _runs == 0 ? 1 : Math.Max(1, options.HeldBytes / _largestSite);
            SiteProbe[] portion = [.. probes.Skip(sites.Count).Take((int)Math.Min(fit, int.MaxValue))];
            sites.AddRange(ReadOne(portion));
        }

        return sites;
    }

    /// <summary>What was held.</summary>
    public InspectionMemory Memory(long modelBytes) => new(modelBytes, _largestRun, _all, _runs);

    private IEnumerable<SoftmaxSite> ReadOne(SiteProbe[] portion)
    {
        string[] names = [.. portion.SelectMany(probe => probe.Fetched).Distinct(StringComparer.Ordinal)];
        using IDisposableReadOnlyCollection<OrtValue> values = session.Run(names, cancellationToken);
        _runs++;
        Dictionary<string, RuntimeTensor> tensors = names.Zip(values).ToDictionary(pair => pair.First, pair => new RuntimeTensor(pair.Second), StringComparer.Ordinal);
        long held = tensors.Values.Sum(tensor => tensor.Bytes);
        _all += held;
        _largestRun = Math.Max(_largestRun, held);
        _largestSite = Math.Max(_largestSite, portion.Max(probe => probe.Fetched.Sum(name => tensors[name].Bytes)));
        return [.. portion.Select(probe => Site(probe, tensors))];
    }

    private static RowLayout Layout(IReadOnlyList<long> shape, int axis, SiteProbe probe)
    {
        try
        {
            return RowLayout.Of([.. shape], axis, probe.IsFlattened);
        }
        catch (OverflowException refused)
        {
            throw new InspectionException($"The softmax {probe.Node.Label()} has logits of shape {Elements.Shape(shape)}: more than two billion.", "Give shorter inputs.", refused);
        }
    }

    private SoftmaxSite Site(SiteProbe probe, Dictionary<string, RuntimeTensor> tensors)
    {
        RuntimeTensor logits = tensors[probe.Logits];
        RuntimeTensor? probabilities = probe.Probabilities.Length > 0 ? tensors[probe.Probabilities] : null;
        int rank = logits.Shape.Count;
        int axis = (int)(probe.Axis < 0 ? probe.Axis + rank : probe.Axis);
        RowLayout layout = Layout(logits.Shape, axis, probe);
        SiteRows rows = SiteRows.Read(logits, probabilities, probe.AreLogarithms, probe.IsCausal, layout, options.KeepsRows, cancellationToken);
        bool hasLogits = probe.Added.Count == 0 || probabilities is null || rows.LargestDifference <= Disagreement;
        if (!hasLogits)
            rows = SiteRows.Read(new LogarithmsOf(probabilities!), probabilities, areLogarithms: false, isCausal: false, layout, options.KeepsRows, cancellationToken);

        bool isAttention = probe.Kind == SiteKind.Attention;
        return new SoftmaxSite
        {
            Label = probe.Node.Label(),
            Name = probe.Node.Name,
            Operator = probe.Node.IsStandard() ? probe.Node.OpType : $"{probe.Node.Domain}:{probe.Node.OpType}",
            Kind = probe.Kind,
            Logits = probe.Added.Count == 0 ? probe.Logits : "",
            Probabilities = probe.Added.Count == 0 ? probe.Probabilities : "",
            Axis = axis,
            Shape = logits.Shape,
            RowLength = layout.Length,
            HasLogits = hasLogits,
            LargestDifference = rows.LargestDifference,
            Whole = rows.Tally.Whole(hasLogits, isAttention),
            Heads = rows.Tally.Heads(hasLogits, isAttention),
            Rows = rows.Kept,
        };
    }
}
