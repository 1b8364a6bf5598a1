using System.Numerics;
using Kelvin.Diffusion;
using Kelvin.Linear;

namespace Kelvin.Conformance.Families;

/// <summary>The mixture and the process of a case. The product computes exact scores in double; single-precision cases pass through it.</summary>
internal static class MixtureInputs
{
    public static GaussianMixture Mixture(FixtureInputs inputs)
    {
        double[] weights = inputs.Vector<double>("weights");
        MatrixView<double> means = inputs.Matrix<double>("means");
        int d = means.Columns;
        double[] covariances = inputs.Vector<double>("covs");
        return new GaussianMixture(
            weights,
            means,
            [.. Enumerable.Range(0, weights.Length).Select(k => new ReadOnlyMatrixView<double>(covariances.AsMemory(k * d * d, d * d), d, d))]);
    }

    public static ForwardProcess Process(FixtureInputs inputs) =>
        ForwardProcess.VariancePreserving(NoiseSchedule.Constant(inputs.Number("beta")));

    public static T[] As<T>(ReadOnlySpan<double> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var converted = new T[values.Length];
        for (int i = 0; i < converted.Length; i++)
            converted[i] = T.CreateTruncating(values[i]);
        return converted;
    }
}
