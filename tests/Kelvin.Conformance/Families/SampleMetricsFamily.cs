using System.Numerics;
using Kelvin.Diffusion;
using Kelvin.Linear;

namespace Kelvin.Conformance.Families;

/// <summary>Distances between samples.</summary>
internal sealed class SampleMetricsFamily : IFamily
{
    public string Name => "sample_metrics";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixView<double> a = inputs.Matrix<double>("A");
        MatrixView<double> b = inputs.Matrix<double>("B");
        MeanDiscrepancy discrepancy = MeanDiscrepancy.Between(a, b, inputs.Number("bandwidth"));
        var answers = new Answers();
        answers.Add("energy_distance_v", EnergyDistance.Between(a, b));
        answers.Add("mmd2_biased", discrepancy.Biased);
        answers.Add("mmd2_unbiased", discrepancy.Unbiased);
        if (a.Rows == b.Rows)
        {
            MatrixView<double> directions = inputs.Matrix<double>("directions");
            answers.Add("sliced_w2", SlicedWasserstein.Between(a, b, directions));
            answers.Add<double>("w2_squared_per_direction", SlicedWasserstein.Squared(a, b, directions));
        }

        return answers;
    }
}
