using System.Globalization;
using Kelvin.Inspection.Sites;
using Kelvin.Reports;

namespace Kelvin.Inspection;

/// <summary>Turns the vitals of a report into findings, the most severe first.</summary>
internal static class InspectionFindings
{
    private const double Agreement = 1e-3;

    public static IReadOnlyList<InspectionFinding> Of(InspectionReport report) =>
    [
        .. report.Sites.SelectMany(OfSite)
            .Concat(report.Hidden.Select(OfHidden))
            .OrderByDescending(finding => finding.Severity),
    ];

    private static IEnumerable<InspectionFinding> OfSite(SoftmaxSite site) => OfLogits(site).Concat(OfHeads(site)).Concat(OfRows(site));

    private static IEnumerable<InspectionFinding> OfLogits(SoftmaxSite site)
    {
        LogitRoom room = site.Whole.Room;
        if (room.Magnitude > HeadBounds.Float16Largest)
        {
            yield return new(Severity.Critical, "float16_overflow", site.Title, [], Text($"its largest logit is {room.MaxLogit:G4}, beyond the 65504 of float16"), "In float16 it overflows to NaN: keep this softmax in float32, or scale its logits.");
        }
        else if (room.Magnitude > HeadBounds.Float16Near * HeadBounds.Float16Largest)
        {
            yield return new(Severity.Warning, "float16_near", site.Title, [], Text($"its largest logit is {room.MaxLogit:G4}, {room.Magnitude / HeadBounds.Float16Largest:P0} of the 65504 of float16"), "Keep this softmax in float32.");
        }

        if (site.Kind == SiteKind.Attention && room.MaxLogit > HeadBounds.QkClip)
        {
            int[] heads = [.. site.Heads.Where(head => head.Room.MaxLogit > HeadBounds.QkClip).Select(head => head.Head)];
            yield return new(Severity.Warning, "over_qk_clip", site.Title, heads, Text($"its largest attention logit is {room.MaxLogit:G4}, over QK-clip's τ = 100"), "In training, scale down the query and key weights of these heads (QK-clip) or normalise queries and keys.");
        }

        if (site.LargestDifference > Agreement)
            yield return new(Severity.Warning, "differs", site.Title, [], Text($"the model's probabilities differ from softmax of its logits by up to {site.LargestDifference:G2}"), "The runtime computes this softmax in low precision, or not as its operator says.");
    }

    private static IEnumerable<InspectionFinding> OfHeads(SoftmaxSite site)
    {
        HeadVitals[] judged = site.Heads.Count > 0 ? [.. site.Heads] : [site.Whole];
        foreach (HeadState state in Enum.GetValues<HeadState>())
        {
            HeadVitals[] concerned = [.. judged.Where(head => head.States.Contains(state))];
            if (concerned.Length > 0)
                yield return new(state is HeadState.Collapsed or HeadState.Saturated ? Severity.Warning : Severity.Note, Kind(state), site.Title, [.. concerned.Where(head => head.Head >= 0).Select(head => head.Head)], Sentence(state, concerned), Remedy(state));
        }
    }

    private static IEnumerable<InspectionFinding> OfRows(SoftmaxSite site)
    {
        if (site.Whole.NonFiniteRows > 0)
            yield return new(Severity.Critical, "non_finite", site.Title, Heads(site, head => head.NonFiniteRows > 0), Text($"{site.Whole.NonFiniteRows} of {site.Whole.Rows} rows hold NaN or +∞"), "Look for the first site that has them: what comes before it overflowed.");
        if (site.Whole.MaskedRows > 0)
            yield return new(Severity.Note, "masked_rows", site.Title, Heads(site, head => head.MaskedRows > 0), Text($"{site.Whole.MaskedRows} of {site.Whole.Rows} rows are masked entirely"), "Most runtimes return NaN for them; leave one entry open.");
        if (!site.HasLogits)
            yield return new(Severity.Note, "no_logits", site.Title, [], "only probabilities could be had: largest logits and log-sum-exps are not known", "Export the model with attention written out.");
    }

    private static InspectionFinding OfHidden(HiddenSoftmax hidden) => new(
        Severity.Note, "not_visible", hidden.Label, [], $"its softmax is not visible: {hidden.Reason}", hidden.Remedy);

    private static string Sentence(HeadState state, HeadVitals[] heads)
    {
        HeadVitals worst = state switch
        {
            HeadState.Saturated => heads.MaxBy(head => head.SaturatedShare)!,
            HeadState.SinkDominated => heads.MaxBy(head => head.SinkMass)!,
            HeadState.Uniform => heads.MaxBy(head => head.NormalizedEntropy.Mean)!,
            _ => heads.MinBy(head => head.NormalizedEntropy.Mean)!,
        };
        string at = heads.Length > 1 ? Text($" in head {worst.Head}") : "";
        return state switch
        {
            HeadState.Collapsed => Text($"collapsed: {worst.NormalizedEntropy.Mean:P1} of the possible entropy is left{at}"),
            HeadState.Saturated => Text($"saturated: {worst.SaturatedShare:P0} of the rows have p > 0.99{at}"),
            HeadState.SinkDominated => Text($"sink-dominated: {worst.SinkMass:P0} of the attention goes to key {worst.SinkIndex}{at}, {worst.SinkMassIfEven:P0} if it were even"),
            _ => Text($"uniform: {worst.NormalizedEntropy.Mean:P1} of the possible entropy{at}"),
        };
    }

    private static string Remedy(HeadState state) => state switch
    {
        HeadState.Collapsed => "Each query copies one key. In training: lower the logits (QK-norm, QK-clip, smaller learning rate).",
        HeadState.Saturated => "Their gradients are nearly zero. In training: raise the temperature, or bound the logits with QK-norm.",
        HeadState.SinkDominated => "Common on the first token, where a head does nothing; worth knowing before keys are dropped or quantised.",
        _ => "The head averages and selects nothing: pruning it costs little, or it has not learnt yet.",
    };

    private static string Kind(HeadState state) => state switch
    {
        HeadState.Collapsed => "collapsed",
        HeadState.Saturated => "saturated",
        HeadState.SinkDominated => "sink_dominated",
        _ => "uniform",
    };

    private static int[] Heads(SoftmaxSite site, Func<HeadVitals, bool> isMeant) => [.. site.Heads.Where(isMeant).Select(head => head.Head)];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
