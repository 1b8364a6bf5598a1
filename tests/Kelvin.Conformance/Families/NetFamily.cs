using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Conformance.Families;

/// <summary>Outputs, loss and gradient of a two-layer network.</summary>
internal sealed class NetFamily : IFamily
{
    public string Name => "net";

    public IReadOnlyList<string> FieldsToCome => ["H", "lambda_min", "lambda_max", "trace", "eta_stable"];

    public string ReasonToCome => "kernels come with Tangents";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var theory = new TheoryNetwork<T>(inputs);
        double loss = theory.LossAndGradient();

        var answers = new Answers();
        answers.Add("loss", loss);
        answers.Add("F", (ReadOnlyMatrixView<T>)theory.Workspace.Outputs);
        answers.Add("grad", (ReadOnlyMatrixView<T>)theory.Workspace.HiddenWeightGradients);
        return answers;
    }
}
