using System.Numerics;
using Kelvin.Temperatures;

namespace Kelvin.Conformance.Families;

/// <summary>The temperature that makes the likelihood of labels largest.</summary>
internal sealed class TemperatureCalibrationFamily : IFamily
{
    public string Name => "temperature_calibration";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CalibrationFit fit = TemperatureCalibration.Fit<T>(inputs.Matrix<T>("logits"), inputs.Integers("labels"));

        var answers = new Answers();
        answers.Add("beta", fit.InverseTemperature);
        answers.Add("T", fit.Temperature);
        answers.Add("nll_at_T1", fit.NllBefore);
        answers.Add("nll_at_opt", fit.NllAfter);
        answers.Add("dnll_dbeta_at_1", fit.SlopeAtOne);
        answers.Add("d2nll_dbeta2_at_opt", fit.CurvatureAtOptimum);
        return answers;
    }
}
