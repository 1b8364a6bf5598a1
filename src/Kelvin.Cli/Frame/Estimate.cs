using Kelvin.Statistics;

namespace Kelvin.Cli.Frame;

/// <summary>A mean over seeds with its 95 % interval.</summary>
/// <param name="Value">The mean; ∞ or NaN where a seed's value is.</param>
/// <param name="Low">Lower end; NaN for one seed.</param>
/// <param name="High">Upper end.</param>
internal readonly record struct Estimate(double Value, double Low, double High)
{
    /// <summary>Student's interval of the mean.</summary>
    public static Estimate Mean(IEnumerable<double> values)
    {
        Moments moments = Moments.Of([.. values]);
        Interval interval = MeanInterval.StudentT(moments);
        return new Estimate(moments.Mean, interval.Low, interval.High);
    }

    /// <summary>The same for the logarithms: for values that differ by factors.</summary>
    public static Estimate GeometricMean(IEnumerable<double> values)
    {
        Estimate logarithms = Mean(values.Select(value => Math.Log(value)));
        return new Estimate(Math.Exp(logarithms.Value), Math.Exp(logarithms.Low), Math.Exp(logarithms.High));
    }
}
