using System.Numerics.Tensors;

namespace Kelvin.Tangents.Certificates;

/// <summary>Bounds the error against the clean targets f* when y = f* + ξ with ξ ~ N(0, σ²) independent of the inputs and the starting weights.</summary>
/// <remarks>
/// <para>
/// Linearised at the start, F_k − f* = −β + Sξ and û⁰_k = F_k − y = −β − Bξ with B = (I − ηK₀)ᵏ, S = I − B and β = B(f* − F₀), so
/// ‖F_k − f*‖² = ‖û⁰‖² − 2⟨β, ξ⟩ + ξᵀ(2S − I)ξ.
/// </para>
/// <para>
/// Each term has its Gaussian deviation bound (Laurent and Massart 2000 for the quadratic one) and ‖β‖ ≤ ‖û⁰‖ + ‖Bξ‖; the distance of the real
/// outputs from û⁰ is added. All K + 1 steps share δ, so that the step may be chosen after the fact.
/// </para>
/// </remarks>
internal static class CleanError
{
    private const int MostSteps = 64;

    public static CertificateStatement Bound(CertificateProblem problem, CertifiedCurve curve, CertificateOptions options)
    {
        var start = new CentrePoint(problem, problem.Start);
        var modes = new KernelModes(problem, start);
        double[] first = modes.Project(start.Residual);
        List<CurveCheckpoint> steps = Thin(curve.Checkpoints);
        double x = Math.Log(3.0 * (options.Steps + 1.0) / (1 - options.Confidence));
        double untrained = At(modes, first, new CurveCheckpoint(0, start.Residual, 0), options, x);
        double best = double.PositiveInfinity;
        int when = 0;
        foreach (CurveCheckpoint step in steps)
        {
            double error = At(modes, first, step, options, x);
            if (error < best)
                (best, when) = (error, step.Step);
        }

        double size = problem.Size;
        bool holds = best < untrained;
        return new CertificateStatement(
            holds ? CertificateVerdict.Holds : CertificateVerdict.Vacuous, best / size, untrained / size, holds
                ? FormattableString.Invariant(
                    $"Stopped at step {when}, the mean squared error against the clean targets is at most {best / size:g3} with probability {options.Confidence}; untrained the same bound is {untrained / size:g3}.")
                : FormattableString.Invariant(
                    $"At no step is the bound against the clean targets ({best / size:g3}) below that of the untrained network ({untrained / size:g3}): too much noise for {problem.Size} targets."),
            when);
    }

    private static List<CurveCheckpoint> Thin(List<CurveCheckpoint> checkpoints)
    {
        var kept = new List<CurveCheckpoint>();
        int stride = Math.Max(1, (checkpoints.Count + MostSteps - 1) / MostSteps);
        for (int index = stride - 1; index < checkpoints.Count; index += stride)
        {
            if (checkpoints[index].Step > 0 && double.IsFinite(checkpoints[index].Outputs))
                kept.Add(checkpoints[index]);
        }

        return kept;
    }

    private static double At(KernelModes modes, double[] first, CurveCheckpoint step, CertificateOptions options, double x)
    {
        double sigma = options.LabelNoise;
        double[] linear = new double[first.Length];
        double trace = 0, squares = 0, kept = 0, largest = 0, keptLargest = 0;
        for (int j = 0; j < first.Length; j++)
        {
            double b = Math.Pow(1 - (options.LearningRate * modes.Values[j]), step.Step);
            double quadratic = 1 - (2 * b);
            linear[j] = b * first[j];
            trace += quadratic;
            squares += quadratic * quadratic;
            largest = Math.Max(largest, quadratic);
            kept += b * b;
            keptLargest = Math.Max(keptLargest, Math.Abs(b));
        }

        double residual = TensorPrimitives.Norm<double>(linear);
        double bias = residual + (sigma * (Math.Sqrt(kept) + (keptLargest * Math.Sqrt(2 * x))));
        double noise = sigma * sigma * (trace + (2 * Math.Sqrt(squares * x)) + (2 * largest * x));
        double squared = Math.Max(0, (residual * residual) + (2 * bias * sigma * Math.Sqrt(2 * x)) + noise);
        double gap = TensorPrimitives.Distance<double>(modes.Assemble(linear), step.Residual) + step.Outputs;
        double error = Math.Sqrt(squared) + gap;
        return error * error;
    }
}
