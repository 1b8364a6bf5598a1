using System.Numerics;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Conformance.Families;

/// <summary>A few steps of gradient descent on a two-layer network.</summary>
internal sealed class GdFamily : IFamily
{
    public string Name => "gd";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var theory = new TheoryNetwork<T>(inputs);
        Optimiser<T> optimiser = Optimiser.Create(new OptimiserOptions { Kind = OptimiserKind.Sgd }, theory.Network);
        var answers = new Answers();
        answers.Add<double>("sum_w_initial", theory.SumOfUnits());
        answers.Add("eta_stable_at_start", theory.Kernel().Spectrum().StableStep());

        double eta = inputs.Number("eta");
        double[] losses = new double[inputs.Integer("steps") + 1];
        losses[0] = theory.LossAndGradient();
        for (int step = 1; step < losses.Length; step++)
        {
            Span<T> weights = theory.Network.TrainedParameters.Span;
            Span<T> update = theory.Workspace.Gradient;
            optimiser.ToUpdate(weights, update, eta, step);
            for (int i = 0; i < weights.Length; i++)
                weights[i] += update[i];
            losses[step] = theory.LossAndGradient();
        }

        answers.Add<double>("losses", losses);
        answers.Add("W_final", (ReadOnlyMatrixView<T>)theory.Network.HiddenWeights);
        answers.Add("F_final", (ReadOnlyMatrixView<T>)theory.Workspace.Outputs);
        answers.Add<double>("sum_w_final", theory.SumOfUnits());
        return answers;
    }
}
