using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>The energy distance between two samples.</summary>
public static class EnergyDistance
{
    /// <summary>2 mean‖a − b‖ − mean‖a − a′‖ − mean‖b − b′‖ over all pairs, i = j included (V-statistic): at least 0, and 0 for equal samples.</summary>
    /// <param name="a">Shape n × d, n ≥ 1.</param>
    /// <param name="b">Shape m × d, m ≥ 1.</param>
    /// <remarks>NaN in a point makes it NaN. Cost: (n + m)²/2 distances. Source: Székely and Rizzo, J. Stat. Plan. Inference 143 (2013).</remarks>
    /// <exception cref="ArgumentException">A sample is empty, or the numbers of coordinates differ.</exception>
    public static double Between(ReadOnlyMatrixView<double> a, ReadOnlyMatrixView<double> b)
    {
        SamplePairs.Check(a, b);
        return (2 * SamplePairs.MeanAcross(a, b, Distance)) - SamplePairs.MeanWithin(a, Distance) - SamplePairs.MeanWithin(b, Distance);
    }

    private static double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => TensorPrimitives.Distance(x, y);
}
