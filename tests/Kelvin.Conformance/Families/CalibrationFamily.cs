using System.Numerics;
using Kelvin.Temperatures;

namespace Kelvin.Conformance.Families;

/// <summary>Calibration metrics of probabilities.</summary>
internal sealed class CalibrationFamily : IFamily
{
    public string Name => "calibration";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CalibrationMetrics metrics = CalibrationMetrics.Measure<T>(
            inputs.Matrix<T>("probs"), inputs.Integers("labels"), inputs.Integer("bins"));

        var answers = new Answers();
        answers.Add("accuracy", metrics.Accuracy);
        answers.Add("mean_confidence", metrics.MeanConfidence);
        answers.Add("nll", metrics.Nll);
        answers.Add("brier", metrics.Brier);
        answers.Add("ece", metrics.Ece);
        answers.Add("mce", metrics.Mce);
        answers.Add("bin_counts", metrics.ReliabilityDiagram.Select(bin => bin.Count));
        answers.Add("adaptive_ece", metrics.AdaptiveEce);
        answers.Add("adaptive_mce", metrics.AdaptiveMce);
        answers.Add("adaptive_bin_counts", metrics.AdaptiveDiagram.Select(bin => bin.Count));
        answers.Add("mean_entropy", metrics.MeanEntropy);
        return answers;
    }
}
