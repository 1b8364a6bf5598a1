using System.Numerics;
using Kelvin.Linear;
using Kelvin.Tangents;

namespace Kelvin.Conformance.Families;

/// <summary>Residuals after some steps or some time of descent under a kernel that stays.</summary>
/// <remarks>Predictions are computed in double; in float the inputs are rounded before.</remarks>
internal sealed class KernelPredictionFamily : IFamily
{
    public string Name => "kernel_prediction";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] kernel = [.. inputs.Vector<T>("H").Select(double.CreateChecked)];
        double[] residual = [.. inputs.Vector<T>("u0").Select(double.CreateChecked)];
        double eta = inputs.Number("eta");
        int steps = inputs.Integer("steps");
        KernelSpectrum spectrum = KernelSpectrum.Of(new MatrixView<double>(kernel, residual.Length, residual.Length), inputs.Integer("m"));
        var prediction = new KernelPrediction(spectrum, residual, eta);

        var answers = new Answers();
        answers.Add<double>("residual_flow_at_time_eta_steps", prediction.FlowResidual(eta * steps));
        answers.Add<double>("residual_gd_after_steps", prediction.Residual(steps));
        answers.Add("loss_flow", prediction.FlowLoss(eta * steps));
        answers.Add("loss_gd", prediction.Loss(steps));
        answers.Add("eta_stable", spectrum.StableStep());
        return answers;
    }
}
