using System.Numerics;
using Kelvin.Linear;
using Kelvin.Tangents;

namespace Kelvin.Conformance.Families;

/// <summary>Outputs, loss, gradient and tangent kernel of a two-layer network.</summary>
internal sealed class NetFamily : IFamily
{
    public string Name => "net";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var theory = new TheoryNetwork<T>(inputs);
        double loss = theory.LossAndGradient();

        var answers = new Answers();
        answers.Add("loss", loss);
        answers.Add("F", (ReadOnlyMatrixView<T>)theory.Workspace.Outputs);
        answers.Add("grad", (ReadOnlyMatrixView<T>)theory.Workspace.HiddenWeightGradients);

        TangentKernel<T> kernel = theory.Kernel();
        KernelSpectrum spectrum = kernel.Spectrum();
        answers.Add("H", kernel.Matrix);
        answers.Add("lambda_min", spectrum.Smallest);
        answers.Add("lambda_max", spectrum.Largest);
        answers.Add("trace", kernel.Trace);
        answers.Add("eta_stable", spectrum.StableStep());
        return answers;
    }
}
