using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Reports;
using Kelvin.Stability;

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
            ? DemoWords.Text($"Exp leaves the range of numbers from {factor}× on")
            : DemoWords.Text($"Exp's output gradient grows with exponent {exp.OutputGrowth.Value:0.0}");
        return new DemoFinding(
            "bounded_gradients",
            "Softmax keeps gradients bounded as the logits grow",
            isBounded ? Verdict.Held : Verdict.DidNotHold,
            string.Empty,
            DemoWords.Text($"Up to 1000 times the logits no image's output gradient exceeds {DemoWords.Percent(softmax.LargestShareOfBound!.Value)} of its bound, and the loss gradient stops growing (exponent {Exponent(softmax.LossGrowth)}). {overflow}; ReLU's loss gradient grows with the logits (exponent {Exponent(relu.LossGrowth)}), its output gradient does not ({Exponent(relu.OutputGrowth)}). The price: at 1000 times the logits {Kept(softmax.MedianChange.Value)}."),
            SectionTitle);
    }

    private static string Exponent(Estimate growth) => DemoWords.Text($"{growth.Value:0.00}").Replace('-', '−');

    private static string Kept(double share) => share < 0.001
        ? "the median image keeps less than a thousandth of its gradient"
        : $"the median image keeps {DemoWords.Factor(share)} times its gradient";

    private static DemoFinding OneScale(IReadOnlyList<MechanismMeasurement> all) => Judge(
        "one_scale",
        "Softmax has one scale across inputs",
        $"From image to image the gradient's norm varies by {EachOf(all, one => DemoWords.Percent(one.GradientSpreadAtEnd.Value))} after training.",
        Scales(all));

    private static DemoFinding Smooth(IReadOnlyList<MechanismMeasurement> all) => Judge(
        "smooth_gradients",
        "Softmax's gradient changes more smoothly along training",
        $"When the weights move by 0.01 % along the gradient, it changes by {EachOf(all, one => DemoWords.Percent(one.MedianRoughness.Value * GradientSmoothness.DefaultRelativeStep))} in the median.",
        Roughnesses(all));

    private static string EachOf(IReadOnlyList<MechanismMeasurement> all, Func<MechanismSummary, string> number)
    {
        string[] each = [.. DemoPlan.Activations.Select(activation => $"{number(new MechanismSummary(activation, all))} ({DemoWords.Of(activation)})")];
        return $"{string.Join(", ", each[..^1])} and {each[^1]}";
    }

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
            DemoWords.Text($"{one.When["compared with ".Length..]} {DemoWords.Factor(one.Ratio.Value)} [{DemoWords.Factor(one.Ratio.Low)}, {DemoWords.Factor(one.Ratio.High)}]")));
        return new DemoFinding(id, claim, verdict, condition, $"{what} Softmax divided by the others, with 95 % intervals over seeds: {ratios}.", SectionTitle);
    }

    /// <summary>Where it held: against a whole activation, or in single comparisons.</summary>
    private static string Condition(IReadOnlyList<Comparison> comparisons) => string.Join(
        " or ",
        from @group in comparisons.GroupBy(one => one.Other)
        from when in @group.All(one => one.Holds) ? [$"compared with {DemoWords.Of(@group.Key)}"] : @group.Where(one => one.Holds).Select(one => one.When)
        select when);
}
