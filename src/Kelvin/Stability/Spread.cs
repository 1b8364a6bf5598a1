using Kelvin.Statistics;

namespace Kelvin.Stability;

/// <summary>How far values of one kind lie apart.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="RootMeanSquare">√(Σx²/n).</param>
/// <param name="CoefficientOfVariation">Standard deviation (of the values themselves) divided by the mean: 0 if all are equal.</param>
/// <param name="DynamicRange">Largest divided by smallest: 1 if all are equal, ∞ if the smallest is 0.</param>
public readonly record struct Spread(double Mean, double RootMeanSquare, double CoefficientOfVariation, double DynamicRange)
{
    /// <summary>Measures values ≥ 0, such as norms.</summary>
    /// <param name="values">Shape [n].</param>
    /// <returns>NaN in every field for no values and where a value is NaN; coefficient and range are NaN if all values are 0.</returns>
    public static Spread Of(ReadOnlySpan<double> values)
    {
        Moments moments = Moments.Of(values);
        double deviation = moments.PopulationStandardDeviation;
        double mean = moments.Mean;
        return new Spread(
            mean,
            Math.Sqrt((mean * mean) + (deviation * deviation)),
            mean == 0 ? double.NaN : deviation / mean,
            mean == 0 ? double.NaN : moments.Maximum / moments.Minimum);
    }
}
