using System.Numerics.Tensors;
using CsCheck;
using Kelvin.Networks;
using Kelvin.Tangents.Certificates;
using MathNet.Numerics.LinearAlgebra;

namespace Kelvin.Tests.Tangents.Certificates;

/// <summary>Every inequality that the proof rests on, against networks small enough to form Jacobian and Hessian. A bound that overflows is none.</summary>
public sealed class TubeLemmaTests
{
    private static readonly Gen<(int N, int D, int M, int Outputs, double T, int Steps, double Radius, int Seed)> Cases =
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[1, 6], Gen.Int[1, 2], Gen.Double[0.5, 2], Gen.Int[1, 12], Gen.Double[0, 0.5], Gen.Int[0, 1 << 30]);

    [Theory]
    [InlineData(HiddenActivation.Softmax)]
    [InlineData(HiddenActivation.Exp)]
    public void The_defect_and_the_outputs_of_the_centre_path_are_within_their_bounds(HiddenActivation activation) => Cases.Sample(
        c =>
        {
            var lemma = new LemmaCase(activation, c.N, c.D, c.M, c.Outputs, c.T, c.Steps, c.Seed);
            for (int k = 1; k < c.Steps; k++)
            {
                double fraction = lemma.Segment.Fractions[k];
                double[] exact = lemma.Residual(lemma.Path[k]);
                double[] gradient = lemma.Gradient(lemma.Path[k]);
                double[] linear = lemma.Pull(lemma.Linear[k]);

                double defect = TensorPrimitives.Distance<double>(gradient, linear);
                double allowed = (fraction * lemma.Bounds.LinearDefect) + lemma.Bounds.OtherDefect;
                Assert.True(defect <= (allowed * (1 + 1e-9)) + 1e-10, $"defect {defect} > {allowed} at step {k}");
                for (int row = 0; row < exact.Length; row++)
                {
                    double rest = Math.Abs(exact[row] - lemma.Linear[k][row]);
                    double room = (fraction * fraction * Math.Abs(lemma.Bounds.Quadratic[row])) + lemma.Bounds.Remainder[row];
                    Assert.False(rest > (room * (1 + 1e-9)) + 1e-10, $"remainder {rest} > {room} at step {k}");
                }
            }
        },
        iter: 400);

    [Theory]
    [InlineData(HiddenActivation.Softmax)]
    [InlineData(HiddenActivation.Exp)]
    public void Jacobian_and_Hessian_in_the_tube_are_within_their_bounds(HiddenActivation activation) => Cases.Sample(
        c =>
        {
            var lemma = new LemmaCase(activation, c.N, c.D, c.M, c.Outputs, c.T, c.Steps, c.Seed);
            var region = new TubeRegion(
                lemma.Problem, lemma.Point, lemma.Bounds, Math.Sqrt(lemma.Modes.Largest), c.Radius, double.PositiveInfinity).WithCurvature();
            Matrix<double> start = lemma.Jacobian(lemma.Path[0]);
            for (int draw = 0; draw < 4; draw++)
            {
                double[] weights = lemma.Near(lemma.Path[draw % c.Steps], c.Radius, draw < 2);
                double change = (lemma.Jacobian(weights) - start).L2Norm();
                Assert.True(change <= (region.JacobianChange * (1 + 1e-9)) + 1e-10, $"‖J − J_a‖ is {change} > {region.JacobianChange}");

                Vector<double> curvatures = lemma.Hessian(weights).Evd(Symmetricity.Symmetric).EigenValues.Real();
                double slack = 1e-5 * (1 + region.LargestCurvature);
                Assert.False(-curvatures.Minimum() > region.NegativeCurvature + slack, $"−λ_min is {-curvatures.Minimum()} > {region.NegativeCurvature}");
                Assert.False(curvatures.Maximum() > region.LargestCurvature + slack, $"λ_max is {curvatures.Maximum()} > {region.LargestCurvature}");
            }
        },
        iter: 250);
}
