using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Cli.Demo;

/// <summary>The mechanisms of one activation, over all seeds.</summary>
internal sealed class MechanismSummary
{
    /// <summary>From this factor on the growth is measured: where the logits are large.</summary>
    private const double Tail = 100;

    private readonly MechanismMeasurement[] _seeds;

    public MechanismSummary(HiddenActivation activation, IEnumerable<MechanismMeasurement> all)
    {
        Activation = activation;
        _seeds = [.. all.Where(one => one.Activation == activation)];
    }

    public HiddenActivation Activation { get; }

    /// <summary>2/λ_max at the start.</summary>
    public Estimate StableStep => Estimate.GeometricMean(_seeds.Select(seed => seed.StableStep));

    /// <summary>Exponent of the growth of the outputs' gradient with the logits, from factor 100 to 1 000.</summary>
    public Estimate OutputGrowth => Growth(point => point.OutputGradient);

    /// <summary>The same for the gradient of the squared loss.</summary>
    public Estimate LossGrowth => Growth(point => point.LossGradient);

    /// <summary>The median image's output gradient at the largest factor, divided by that at factor 1.</summary>
    public Estimate MedianChange => Estimate.Mean(_seeds.Select(seed => seed.Scaling[^1].MedianOutputGradient / seed.Scaling[0].MedianOutputGradient));

    /// <summary>The first factor at which a seed's gradient is no longer finite; null if there is none.</summary>
    public double? Overflow => DemoPlan.LogitFactors
        .Select((factor, i) => (double?)(_seeds.Any(seed => !double.IsFinite(seed.Scaling[i].OutputGradient)) ? factor : null))
        .FirstOrDefault(factor => factor is not null);

    /// <summary>The largest gradient of any example, seed and factor as a share of its bound; null without a bound.</summary>
    public double? LargestShareOfBound => _seeds[0].OutputBound is null ? null : _seeds.Max(seed => seed.Scaling.Max(point => point.LargestOutputGradient) / seed.OutputBound!.Value);

    public Estimate HiddenSpreadAtStart => Spread(seed => seed.AtStart.Hidden);

    public Estimate HiddenSpreadAtEnd => Spread(seed => seed.AtEnd.Hidden);

    public Estimate OutputSpreadAtEnd => Spread(seed => seed.AtEnd.Outputs);

    public Estimate GradientSpreadAtStart => Spread(seed => seed.AtStart.Gradients);

    public Estimate GradientSpreadAtEnd => Spread(seed => seed.AtEnd.Gradients);

    /// <summary>Relative change of the gradient per relative change of the weights: median along the safe run.</summary>
    public Estimate MedianRoughness => Estimate.GeometricMean(_seeds.Select(seed => seed.MedianRoughness));

    /// <summary>The largest of the same.</summary>
    public Estimate LargestRoughness => Estimate.GeometricMean(_seeds.Select(seed => seed.LargestRoughness));

    /// <summary>Steps of the safe run at which the smoothness was measured.</summary>
    public IReadOnlyList<long> Steps => _seeds[0].SmoothnessSteps;

    /// <summary>The roughness at each of those steps.</summary>
    public IReadOnlyList<Estimate> Roughness =>
        [.. Enumerable.Range(0, Steps.Count).Select(i => Estimate.GeometricMean(_seeds.Select(seed => seed.Smoothness[i].Relative)))];

    /// <summary>A gradient at each factor.</summary>
    public IReadOnlyList<Estimate> Curve(Func<LogitScalingPoint, double> gradient) =>
        [.. Enumerable.Range(0, DemoPlan.LogitFactors.Count).Select(i => Estimate.GeometricMean(_seeds.Select(seed => gradient(seed.Scaling[i]))))];

    private Estimate Growth(Func<LogitScalingPoint, double> gradient)
    {
        int tail = DemoPlan.LogitFactors.TakeWhile(factor => factor < Tail).Count();
        double[] factors = [.. DemoPlan.LogitFactors.Skip(tail)];
        double[] exponents = [.. _seeds.Select(seed => LogitScaling.GrowthExponent(factors, seed.Scaling.Skip(tail).Select(gradient).ToArray()))];
        return exponents.Any(double.IsPositiveInfinity) ? new(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity) : Estimate.Mean(exponents);
    }

    private Estimate Spread(Func<MechanismMeasurement, Spread> of) => Estimate.Mean(_seeds.Select(seed => of(seed).CoefficientOfVariation));
}
