using Kelvin.Cli.Lab.Landscape;
using Kelvin.Cli.Training;
using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>What <c>kelvin lab landscape</c> measures, as claims: faster, larger steps, better on unseen digits.</summary>
internal static class TrainingClaims
{
    public static IEnumerable<MeasuredClaim> Measure(ClaimLab lab)
    {
        LabData data = LabData.Of(BuiltInData.TryRead("digits")!, lab.Run.Seed);
        LandscapePlan plan = LandscapeCommand.Plan(lab.Run, data, lab.Seeds.Count) with { StuckWidths = [], Hard = [] };
        using Journal journal = Journal.None();
        LandscapeResult result = new LandscapeRuns(lab.Run, plan, data, journal).Measure();
        IReadOnlyList<LandscapeMeasure> measures = result.Measures();
        string where = LabWords.Text($"digits, {plan.Rows} examples, m = {plan.Hidden}, kernels matched at x = y, each one's best step");
        yield return Of("larger-steps", "Softmax bears larger steps", measures.First(one => one.Name == "largest stable step η"), $"largest stable step η, softmax divided by ReLU; {where}", lab);
        yield return Of("faster", "Softmax trains faster", measures.First(one => one.Name == "steps to the fixed loss, best step"), LabWords.Text($"steps to {plan.TargetShare * 100:0} % of the loss, softmax divided by ReLU; {where}"), lab);
        yield return Of("generalisation", "Softmax does better on unseen digits", measures.First(one => one.Name == "test accuracy"), $"test accuracy after full-batch descent, softmax minus ReLU; {where}", lab);
    }

    private static MeasuredClaim Of(string id, string claim, LandscapeMeasure measure, string how, ClaimLab lab)
    {
        string exp = measure.Verdict(0);
        string relu = measure.Verdict(1);
        ClaimVerdict verdict = exp == "better" && relu == "better" ? ClaimVerdict.Holds
            : exp == "better" || relu == "better" ? ClaimVerdict.Conditional
            : ClaimVerdict.Fails;
        string title = $"{char.ToUpperInvariant(measure.Name[0])}{measure.Name[1..]}";
        string condition = exp == "better" ? "compared with exp" : "compared with ReLU";
        string remark = $"against exp it is {LabWords.Number(measure.Against[0])}";
        return new MeasuredClaim(
            id,
            claim,
            how,
            measure.Against[1],
            lab.Seeds.Count,
            verdict,
            condition,
            remark,
            ClaimPlots.Bars(
                title,
                "Each activation over the seeds.",
                "Activation",
                [.. LabNetworks.Activations.Select(LabWords.Of)],
                measure.IsShare ? new Axis(title) { Form = NumberForm.Percent, Max = 1 } : new Axis(title),
                (measure.Name, measure.Values)));
    }
}
