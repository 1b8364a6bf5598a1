using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Statistics;

namespace Kelvin.Cli.Lab.Landscape;

/// <summary>One measure of the headline table: each activation's value, and softmax against each of the others, seed by seed.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="LargerIsBetter">Which way is good.</param>
/// <param name="IsShare">Whether the values are shares, shown in per cent.</param>
/// <param name="Values">The value for each activation, with a 95 % interval.</param>
/// <param name="Against">Softmax divided by (or, for shares, minus) exp and ReLU, paired by seed, with 95 % intervals.</param>
internal sealed record LandscapeMeasure(
    string Name, bool LargerIsBetter, bool IsShare, IReadOnlyList<Estimate> Values, IReadOnlyList<Estimate> Against)
{
    /// <summary>Whether softmax is better than another activation: "better", "worse", or "no difference shown".</summary>
    public string Verdict(int other)
    {
        double none = IsShare ? 0 : 1;
        Estimate estimate = Against[other];
        if (!(estimate.Low > none) && !(estimate.High < none))
            return "not decided";
        return (estimate.Low > none) == LargerIsBetter ? "better" : "worse";
    }

    /// <summary>A measure > 0 that differs by factors: geometric means and ratios.</summary>
    public static LandscapeMeasure Ratio(string name, bool largerIsBetter, LandscapeResult result, Func<LandscapeSeed, double> value) => new(
        name,
        largerIsBetter,
        false,
        [.. LabNetworks.Activations.Select(activation => Estimate.GeometricMean(result.Of(activation).Select(value).Where(double.IsFinite)))],
        [.. Others(result, (softmax, other) => value(softmax) / value(other)).Select(Estimate.GeometricMean)]);

    /// <summary>A share such as an accuracy: means and differences.</summary>
    public static LandscapeMeasure Difference(string name, bool largerIsBetter, LandscapeResult result, Func<LandscapeSeed, double> value) => new(
        name,
        largerIsBetter,
        true,
        [.. LabNetworks.Activations.Select(activation => Within(Estimate.Mean(result.Of(activation).Select(value)), 0))],
        [.. Others(result, (softmax, other) => value(softmax) - value(other)).Select(one => Within(Estimate.Mean(one), -1))]);

    /// <summary>A share of the seeds: Wilson's intervals, and paired differences.</summary>
    public static LandscapeMeasure Share(string name, bool largerIsBetter, LandscapeResult result, Func<LandscapeSeed, bool> isSo) => new(
        name,
        largerIsBetter,
        true,
        [.. LabNetworks.Activations.Select(activation => Wilson(result.Of(activation).Count(isSo), result.Of(activation).Length))],
        [.. Others(result, (softmax, other) => (isSo(softmax) ? 1.0 : 0) - (isSo(other) ? 1 : 0)).Select(one => Within(Estimate.Mean(one), -1))]);

    /// <summary>A share with Wilson's interval.</summary>
    public static Estimate Wilson(int count, int all)
    {
        Interval interval = ProportionInterval.Wilson(count, all);
        return new Estimate((double)count / all, interval.Low, interval.High);
    }

    /// <summary>An interval cut to what is possible: from <paramref name="least"/> to 1.</summary>
    private static Estimate Within(Estimate estimate, double least) =>
        new(estimate.Value, Math.Max(least, estimate.Low), Math.Min(1, estimate.High));

    private static IEnumerable<IEnumerable<double>> Others(LandscapeResult result, Func<LandscapeSeed, LandscapeSeed, double> compare)
    {
        LandscapeSeed[] softmax = result.Of(HiddenActivation.Softmax);
        return LabNetworks.Activations.Skip(1).Select(other => softmax.Zip(result.Of(other), compare).Where(double.IsFinite));
    }
}
