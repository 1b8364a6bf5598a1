using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Lab.Stability;

/// <summary>The page's section on sharpness along training.</summary>
internal static class SharpnessSection
{
    public static Section Of(StabilityResult result) => new(
        "Sharpness",
        [new BlockGrid([.. SharpnessRuns.Multiples.Select(multiple => Chart(result, multiple))])])
    {
        Lead = LabWords.Text($"The largest eigenvalue of the Hessian, by exact products, along training with {result.Plan.SharpnessHidden} units at T = 1. Where η λ_max/2 is above 1, descent overshoots along that direction; runs that go on beyond it train at the edge of stability."),
    };

    private static LineChart Chart(StabilityResult result, double multiple) => new()
    {
        Title = LabWords.Text($"Step of {multiple:0.##} times 2/λ_max"),
        Caption = "Step times sharpness, halved: 1 is the edge.",
        X = new Axis("Step") { Scale = AxisScale.Logarithmic },
        Y = Share(result),
        Series = [.. result.Sharpness.Where(course => course.Multiple == multiple).Select(Line)],
        References = [new ReferenceLine(1, "edge of stability")],
    };

    /// <summary>One axis for all steps, so that the edge is on each and they compare.</summary>
    private static Axis Share(StabilityResult result)
    {
        double[] shares = [.. result.Sharpness.SelectMany(course => course.ShareOfEdge).Where(share => double.IsFinite(share) && share > 0), 0.5, 2];
        return new Axis("η λ_max/2")
        {
            Scale = AxisScale.Logarithmic,
            Min = Math.Pow(10, Math.Floor(Math.Log10(shares.Min()))),
            Max = Math.Pow(10, Math.Ceiling(Math.Log10(shares.Max()))),
        };
    }

    private static LineSeries Line(SharpnessCourse course) => new(
        LabWords.Of(course.Activation), [.. course.Steps.Skip(1).Select(step => (double)step)], [.. course.ShareOfEdge.Skip(1)]);
}
