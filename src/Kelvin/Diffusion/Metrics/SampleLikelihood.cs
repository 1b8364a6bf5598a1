using Kelvin.Linear;
using Kelvin.Statistics;

namespace Kelvin.Diffusion;

/// <summary>How likely samples are under the true law.</summary>
public static class SampleLikelihood
{
    /// <summary>log p of each point, gathered: compare with that of true samples. Too high means seeking the modes, not quality.</summary>
    /// <param name="truth">The true law; at level t = 0 for samples of data.</param>
    /// <param name="points">Shape n × d.</param>
    /// <returns>Moments of log p, in nats; NaN where a point is.</returns>
    public static Moments Under(DiffusedMixture truth, ReadOnlyMatrixView<double> points)
    {
        ArgumentNullException.ThrowIfNull(truth);
        var moments = new Moments();
        for (int i = 0; i < points.Rows; i++)
            moments.Add(truth.LogDensity(points.Row(i)));
        return moments;
    }
}
