using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Lab.Stability;

/// <summary>The page's section on the three mechanisms of normalisation.</summary>
internal static class MechanismSection
{
    public static Section Of(StabilityResult result) => new(
        "Mechanisms",
        [
            new BlockGrid([Scale(result), Saturation(result)]),
            new BlockGrid([Temperature(result, "Spread over the examples", "Coefficient of variation of ‖∂F/∂θ‖: 0 would be one scale for all.", point => point.Spread), Temperature(result, "Roughness of the gradient", "Relative change of the gradient per relative change of the weights, along the gradient: lower is smoother.", point => point.Roughness)]),
        ])
    {
        Lead = LabWords.Text($"Three reasons why a softmax should train more stably, as functions of the logits' scale, the depth of saturation and the temperature; at the start, {result.Plan.SharpnessHidden} units, mean over {result.Plan.BisectedSeeds} seeds with 95 % bands."),
    };

    private static LineChart Scale(StabilityResult result) => new()
    {
        Title = "Gradient of the outputs as the logits grow",
        Caption = "T = 1. Softmax is bounded, ReLU does not depend on the scale, exp leaves the range of numbers.",
        X = new Axis("Logits multiplied by") { Scale = AxisScale.Logarithmic },
        Y = new Axis("‖∂F/∂θ‖, root mean square") { Scale = AxisScale.Logarithmic, Max = 1e4 },
        Series = [.. LabNetworks.Activations.Select(activation => Line(activation, MechanismRuns.Factors, factor => result.Mechanism(activation, 1, factor).OutputGradient))],
    };

    private static LineChart Saturation(StabilityResult result) => new()
    {
        Title = "Softmax's gradient by depth of saturation",
        Caption = "Each line is a temperature; along it the logits grow. Saturated rows lose their gradient.",
        X = new Axis("Saturation of the rows"),
        Y = new Axis("Largest ‖∂F/∂θ‖ as a share of its bound") { Scale = AxisScale.Logarithmic },
        Series = [.. MechanismRuns.Temperatures.Select((temperature, i) => SaturationLine(result, temperature, i))],
    };

    private static LineSeries SaturationLine(StabilityResult result, double temperature, int index)
    {
        MechanismPoint[] points =
        [
            .. MechanismRuns.Factors
                .Select(factor => result.Mechanism(HiddenActivation.Softmax, temperature, factor))
                .OrderBy(point => point.Saturation.Value),
        ];
        return new LineSeries(
            LabWords.Text($"T = {temperature:0.##}"), [.. points.Select(point => point.Saturation.Value)], [.. points.Select(point => point.ShareOfBound.Value)])
        {
            Color = Palette.Series(index),
            HasPoints = true,
        };
    }

    private static LineChart Temperature(StabilityResult result, string title, string caption, Func<MechanismPoint, Estimate> value) => new()
    {
        Title = $"{title} by temperature",
        Caption = caption,
        X = new Axis("Temperature") { Scale = AxisScale.Logarithmic },
        Y = new Axis(title) { Scale = AxisScale.Logarithmic },
        Series = [.. LabNetworks.Activations.Select(activation => Line(activation, MechanismRuns.Temperatures, temperature => value(result.Mechanism(activation, temperature, 1))))],
    };

    private static LineSeries Line(HiddenActivation activation, IReadOnlyList<double> x, Func<double, Estimate> y)
    {
        Estimate[] estimates = [.. x.Select(y)];
        return new LineSeries(LabWords.Of(activation), x, [.. estimates.Select(one => one.Value)])
        {
            Low = [.. estimates.Select(one => one.Low)],
            High = [.. estimates.Select(one => one.High)],
            HasPoints = true,
        };
    }
}
