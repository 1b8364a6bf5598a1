using CsCheck;
using Kelvin.Tests.Networks;
using Kelvin.Transformers.Models;

namespace Kelvin.Tests.Transformers.Models;

public sealed class ModelGradientTests
{
    [Fact]
    public void The_gradient_of_a_whole_model_agrees_with_central_differences()
    {
        double worst = 0;
        ModelCases.Any.Sample(
            c =>
            {
                double error = Error(c);
                worst = Math.Max(worst, error);
                return error <= 1e-6;
            },
            iter: 40,
            threads: 1);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"worst relative error {worst:E2}"));
    }

    private static double Error(ModelCases c)
    {
        TransformerWorkspace<double> workspace = c.Workspace();
        double Loss() => c.Model.LossAndGradient(c.Tokens, c.Labels, c.Length, workspace, c.Remedies).Loss;

        Loss();
        double[] gradient = workspace.Gradient.ToArray();
        double[] reference = CentralDifference.Gradient(c.Model.Parameters, 0.01, Loss);
        double largest = reference.Max(Math.Abs), difference = 0;
        for (int i = 0; i < reference.Length; i++)
            difference = Math.Max(difference, Math.Abs(reference[i] - gradient[i]));
        return difference / largest;
    }
}
