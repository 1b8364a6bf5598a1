using System.Globalization;
using Kelvin.Inspection.Inputs;
using Kelvin.Inspection.Sites;
using Kelvin.Reports;

namespace Kelvin.Inspection.Onnx;

/// <summary>Runs an ONNX model on some inputs and reports every softmax in it.</summary>
/// <remarks>
/// <para>Every softmax's logits and probabilities are made outputs of the graph; ONNX Runtime runs it on the CPU, unoptimised; Kelvin's
/// own kernel computes the vitals from the logits in double.</para>
/// <para>Memory: the file twice while it loads, the runtime's weights and activations, and of all logits and probabilities at most
/// <see cref="OnnxInspectionOptions.HeldBytes"/> at once, or one softmax's if that is more.</para>
/// </remarks>
public static class OnnxInspector
{
    /// <summary>Inspects a model.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <param name="label">The file as the user named it.</param>
    /// <param name="options">What it is run on.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="InspectionException">The model or an input cannot be used.</exception>
    public static InspectionReport Inspect(string path, string label, OnnxInspectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        OnnxFile file = OnnxFile.Read(path, label);
        (IReadOnlyList<SiteProbe> probes, IReadOnlyList<HiddenSoftmax> hidden) = SoftmaxNodes.Find(file);
        IReadOnlyList<InputTensor> inputs = probes.Count == 0 && options.Inputs.Count == 0
            ? []
            : ModelInputs.Gather(GraphInputs.Of(file), options.Inputs, options.Dimensions, options.Seed);
        using var session = new ModelSession(file, probes, options.Threads);
        session.Feed(inputs);
        var portions = new Portions(session, options, cancellationToken);
        return new InspectionReport
        {
            Source = label,
            Format = "onnx",
            Facts = Facts(file),
            Inputs = [.. inputs.Select(input => new InspectedInput(input.Name, Elements.Name(input.Type), input.Shape, input.Origin))],
            Seed = options.Seed,
            Sites = Numbered(portions.Read(probes)),
            Hidden = hidden,
            Memory = portions.Memory(file.Bytes.LongLength),
        };
    }

    private static SoftmaxSite[] Numbered(IReadOnlyList<SoftmaxSite> sites)
    {
        int layer = 0;
        return [.. sites.Select(site => site.Kind == SiteKind.Attention ? site with { Layer = layer++ } : site)];
    }

    private static Fact[] Facts(OnnxFile file) =>
    [
        new("Format", FormattableString.Invariant($"ONNX, operator set {file.Opset}, IR {file.Model.IrVersion}")),
        new("Made by", file.Model.ProducerName.Length > 0 ? file.Model.ProducerName : "not said"),
        new("Nodes", file.Graph.Node.Count.ToString(CultureInfo.InvariantCulture)),
        new("Runtime", $"ONNX Runtime {RuntimeFailure.Version}, CPU, unoptimised"),
    ];
}
