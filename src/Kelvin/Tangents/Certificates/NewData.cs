using System.Numerics.Tensors;
using Kelvin.Networks;

namespace Kelvin.Tangents.Certificates;

/// <summary>Bounds the expected clipped error on new data by the Rademacher complexity of the ball that the certificate proves.</summary>
/// <remarks>
/// With probability 1 − δ over n independent draws, for all W with ‖W − W₀‖ ≤ R at once: E ℓ ≤ mean ℓ + 2·Lip·R̂ + 3√(log(2/δ_R)/2n), where
/// n·R̂ ≤ R√tr K₀ + Σ sup |F − F_lin|, and R is taken from a grid fixed beforehand that shares δ. Sources: Bartlett and Mendelson, JMLR 3 (2002);
/// Maurer, ALT 2016, for several outputs.
/// </remarks>
internal static class NewData
{
    private const int Radii = 81;
    private const int Steps = 64;

    public static CertificateStatement Bound(CertificateProblem problem, CertifiedCurve curve, CertificateOptions options, double startNorm)
    {
        double scale = options.ErrorScale!.Value;
        var start = new CentrePoint(problem, problem.Start);
        double trace = 0;
        for (int row = 0; row < problem.Size; row++)
            trace += problem.Gram[row % problem.Examples, row % problem.Examples] * TensorPrimitives.SumOfSquares<double>(start.Slopes.Row(row));

        double n = problem.Examples;
        double lipschitz = 2 / scale * (problem.Outputs > 1 ? Math.Sqrt(2) : 1);
        double confidence = 3 * Math.Sqrt(Math.Log(2 * Radii / (1 - options.Confidence)) / (2 * n));
        double best = double.PositiveInfinity;
        int when = 0;
        foreach (int step in Grid(curve.Proved))
        {
            double radius = RoundUp(curve.Distance[step], startNorm);
            double error = Math.Min(1, curve.Residual[step] * curve.Residual[step] / (n * scale * scale));
            double complexity = ((radius * Math.Sqrt(trace)) + Curvature(problem, start, radius)) / n;
            double bound = error + (2 * lipschitz * complexity) + confidence;
            if (bound < best)
                (best, when) = (bound, step);
        }

        bool holds = best < 1;
        return new CertificateStatement(
            holds ? CertificateVerdict.Holds : CertificateVerdict.Vacuous, best, 1, holds
                ? FormattableString.Invariant(
                    $"After step {when} the expected clipped error on new data is at most {best:g3} with probability {options.Confidence} over the draw of the {problem.Examples} examples.")
                : FormattableString.Invariant(
                    $"The best bound of the clipped error on new data is {best:g3}, above the trivial 1; its part for chance alone is {confidence:g3} with {problem.Examples} examples."),
            when);
    }

    private static IEnumerable<int> Grid(int last)
    {
        int before = -1;
        for (int index = 0; index <= Steps && last >= 0; index++)
        {
            int step = index == 0 ? 0 : (int)Math.Round(Math.Pow(last, index / (double)Steps));
            if (step != before && step <= last)
                yield return before = step;
        }
    }

    /// <summary>The smallest radius of the grid ‖W₀‖·2^(j/2), j = −60 … 20, that is no smaller; +∞ beyond.</summary>
    private static double RoundUp(double radius, double startNorm)
    {
        double unit = startNorm > 0 ? startNorm : 1;
        int index = radius > 0 ? (int)Math.Ceiling(2 * Math.Log2(radius / unit)) : -60;
        return index > Radii - 61 ? double.PositiveInfinity : unit * Math.Pow(2, 0.5 * Math.Max(index, -60));
    }

    /// <summary>Σ_il sup over the ball of |F_il(W) − F_il(W₀) − ⟨∇F_il(W₀), W − W₀⟩|.</summary>
    private static double Curvature(CertificateProblem problem, CentrePoint start, double radius)
    {
        double sum = 0;
        for (int row = 0; row < problem.Size && double.IsFinite(sum); row++)
        {
            int example = row % problem.Examples;
            double reach = problem.Lengths[example] * radius;
            sum += problem.Activation switch
            {
                HiddenActivation.Relu => OfRelu(problem, start, row, radius),
                HiddenActivation.Exp => TensorPrimitives.MaxMagnitude<double>(start.Slopes.Row(row)) is var top
                    ? Math.Abs(top) * (Math.Exp(reach) - 1 - reach)
                    : 0,
                _ => OfSoftmax(start.Slopes.Row(row), start.Probabilities.Row(example), reach),
            };
        }

        return sum;
    }

    private static double OfSoftmax(ReadOnlySpan<double> slopes, ReadOnlySpan<double> probabilities, double reach)
    {
        double step = Math.Exp(reach) - 1;
        double probability = TensorPrimitives.Norm(probabilities);
        double factor = Math.Exp(reach + (step * probability));
        double slope = TensorPrimitives.Norm(slopes);
        double output = factor * slope * step;
        double top = factor * (Math.Abs(TensorPrimitives.MaxMagnitude(slopes)) + (TensorPrimitives.Max(probabilities) * output));
        double norm = factor * (slope + (probability * output));
        return 0.5 * reach * reach * (top + (2 * factor * probability * norm));
    }

    /// <summary>ξR·max|sA|·√q, q being the most units that a move of length R can switch.</summary>
    private static double OfRelu(CertificateProblem problem, CentrePoint start, int row, double radius)
    {
        int example = row % problem.Examples;
        double[] distances = new double[problem.Hidden];
        TensorPrimitives.Abs(start.Preactivations.Row(example), distances);
        Array.Sort(distances);
        double reach = problem.Lengths[example] * radius;
        double left = reach * reach;
        int switches = 0;
        while (switches < distances.Length && (left -= distances[switches] * distances[switches]) >= 0)
            switches++;
        ReadOnlySpan<double> weights = problem.OutputWeights.AsSpan(row / problem.Examples * problem.Hidden, problem.Hidden);
        return reach * problem.Scale * Math.Abs(TensorPrimitives.MaxMagnitude(weights)) * Math.Sqrt(switches);
    }
}
