using Kelvin.Networks;
using Kelvin.Reports;

namespace Kelvin.Cli.Demo;

/// <summary>Decides from the numbers which of the three mechanisms held.</summary>
internal static class MechanismFindings
{
    public const string SectionTitle = "Three mechanisms";

    /// <summary>Growth exponents up to this count as bounded.</summary>
    private const double Flat = 0.1;

    private static readonly HiddenActivation[] Others = [HiddenActivation.Exp, HiddenActivation.Relu];

    public static IReadOnlyList<DemoFinding> Of(DemoResult result) => [Bounded(result), OneScale(result.Mechanisms), Smooth(result.Mechanisms)];

    /// <summary>Spread of the gradients over inputs, softmax against the others, before and after training.</summary>
    public static IReadOnlyList<Comparison> Scales(IReadOnlyList<MechanismMeasurement> all) =>
    [
        .. Others.Select(other => Comparison.Of($"compared with {DemoWords.Of(other)} before training", all, other, one => one.AtStart.Gradients.CoefficientOfVariation)),
        .. Others.Select(other => Comparison.Of($"compared with {DemoWords.Of(other)} after training", all, other, one => one.AtEnd.Gradients.CoefficientOfVariation)),
    ];

    /// <summary>Roughness of the gradient along the safe run, softmax against the others, median and largest.</summary>
    public static IReadOnlyList<Comparison> Roughnesses(IReadOnlyList<MechanismMeasurement> all) =>
    [
        .. Others.Select(other => Comparison.Of($"compared with {DemoWords.Of(other)} in the median", all, other, one => one.MedianRoughness)),
        .. Others.Select(other => Comparison.Of($"compared with {DemoWords.Of(other)} at its worst", all, other, one => one.LargestRoughness)),
    ];

    private static DemoFinding Bounded(DemoResult result)
    {
        var softmax = new MechanismSummary(HiddenActivation.Softmax, result.Mechanisms);
        var exp = new MechanismSummary(HiddenActivation.Exp, result.Mechanisms);
        var relu = new MechanismSummary(HiddenActivation.Relu, result.Mechanisms);
        bool isBounded = softmax.LargestShareOfBound <= 1 && softmax.LossGrowth.Value <= Flat;
        string overflow = exp.Overflow is { } factor
            ? DemoWords.Text($"exp is past the largest number there is from {factor}× on")
            : DemoWords.Text($"exp's grows with exponent {exp.OutputGrowth.Value:0.0}");
        return new DemoFinding(
            "bounded_gradients",
            "Softmax keeps gradients bounded as the logits grow",
            isBounded ? Verdict.Held : Verdict.DidNotHold,
            string.Empty,
            DemoWords.Text($"Up to 1000 times the logits no image's output gradient exceeds {DemoWords.Percent(softmax.LargestShareOfBound!.Value)} of its bound s‖A‖/(2T), and the loss gradient stops growing (exponent {softmax.LossGrowth.Value:0.00}); {overflow}. ReLU's output gradient is bounded as well (exponent {relu.OutputGrowth.Value:0.00}), but its loss gradient grows with the logits (exponent {relu.LossGrowth.Value:0.00}). The price: at 1000 times the logits softmax is one-hot, and the median image keeps {DemoWords.Factor(softmax.MedianChange.Value)} times its output gradient."),
            SectionTitle);
    }

    private static DemoFinding OneScale(IReadOnlyList<MechanismMeasurement> all) => Judge(
        "one_scale",
        "Softmax has one scale across inputs",
        "Coefficient of variation over inputs of the gradient's norm, softmax divided by the other",
        Scales(all));

    private static DemoFinding Smooth(IReadOnlyList<MechanismMeasurement> all) => Judge(
        "smooth_gradients",
        "Softmax's gradient changes more smoothly along training",
        "Relative change of the gradient per relative change of the weights, softmax divided by the other",
        Roughnesses(all));

    /// <summary>Held if all comparisons hold; with a condition if some do; not if none does and one is clearly the other way.</summary>
    private static DemoFinding Judge(string id, string claim, string what, IReadOnlyList<Comparison> comparisons)
    {
        Comparison[] holding = [.. comparisons.Where(one => one.Holds)];
        Verdict verdict = holding.Length == comparisons.Count ? Verdict.Held
            : holding.Length > 0 ? Verdict.HeldWhen
            : comparisons.Any(one => one.Fails) ? Verdict.DidNotHold
            : Verdict.Undecided;
        string condition = verdict == Verdict.HeldWhen ? Condition(comparisons) : string.Empty;
        string ratios = string.Join("; ", comparisons.Select(one =>
            DemoWords.Text($"{one.When} {DemoWords.Factor(one.Ratio.Value)} [{DemoWords.Factor(one.Ratio.Low)}, {DemoWords.Factor(one.Ratio.High)}]")));
        return new DemoFinding(id, claim, verdict, condition, $"{what} (below 1: softmax is better), with 95 % intervals over seeds: {ratios}.", SectionTitle);
    }

    /// <summary>Where it held: against a whole activation, or in single comparisons.</summary>
    private static string Condition(IReadOnlyList<Comparison> comparisons) => string.Join(
        " or ",
        from @group in comparisons.GroupBy(one => one.Other)
        from when in @group.All(one => one.Holds) ? [$"compared with {DemoWords.Of(@group.Key)}"] : @group.Where(one => one.Holds).Select(one => one.When)
        select when);
}
