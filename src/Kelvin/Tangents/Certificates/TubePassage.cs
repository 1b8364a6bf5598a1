using System.Numerics.Tensors;

namespace Kelvin.Tangents.Certificates;

/// <summary>The tube along one segment: radii and output distances that imply themselves.</summary>
internal sealed class TubePassage
{
    private const int Rounds = 8;

    private TubePassage(int steps, TubeState end)
    {
        Radii = new double[steps + 1];
        Outputs = new double[steps + 1];
        End = end;
    }

    /// <summary>r_k, k = 0 … s.</summary>
    public double[] Radii { get; }

    /// <summary>Bound of ‖u(W_k) − u(W̃_k)‖, k = 0 … s.</summary>
    public double[] Outputs { get; }

    /// <summary>q with ‖u(W_{k+1})‖ ≤ q‖u(W_k)‖ along the segment; 1 or more where nothing better is proved.</summary>
    public double Contraction { get; private set; } = double.PositiveInfinity;

    /// <summary>The tube after the segment, still in its eigenbasis.</summary>
    public TubeState End { get; private set; }

    /// <summary>Looks for a radius such that the curvature within it keeps the tube inside it; null where none was found.</summary>
    public static TubePassage? Close(
        CertificateProblem problem, CentrePoint point, KernelModes modes, CentreSegment segment, SegmentBounds bounds, TubeState start, double learningRate)
    {
        double root = Math.Sqrt(modes.Largest);
        double defects = segment.Steps > 1 ? learningRate * segment.Steps * (bounds.LinearDefect + bounds.OtherDefect) : 0;
        double radius = 1.05 * (start.Radius + (0.6 * defects));
        double outputs = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            var region = new TubeRegion(problem, point, bounds, root, radius, outputs).WithCurvature();
            TubePassage passage = Advance(modes, segment, bounds, start, learningRate, region);
            double reached = passage.End.Radius;
            double away = TensorPrimitives.Max<double>(passage.Outputs);
            if (!double.IsFinite(reached))
                return null;
            if (reached <= radius && away <= outputs)
            {
                if (!double.IsPositiveInfinity(outputs) || radius == 0)
                    return passage;
                outputs = away;
            }
            else
            {
                if (reached > radius)
                    radius = 1.1 * reached;
                outputs = Math.Max(away * 1.05, outputs < away ? 0 : Math.Min(outputs, away * 1.05));
            }
        }

        return null;
    }

    private static TubePassage Advance(
        KernelModes modes, CentreSegment segment, SegmentBounds bounds, TubeState start, double learningRate, TubeRegion region)
    {
        var passage = new TubePassage(segment.Steps, start);
        double[] state = (double[])start.Modes.Clone();
        double radius = start.Radius;
        double growth = Math.Max(1 + (learningRate * region.NegativeCurvature), (learningRate * region.LargestCurvature) - 1);
        for (int k = 0; k <= segment.Steps; k++)
        {
            double outputs = TensorPrimitives.Norm<double>(state) + (region.JacobianChange * radius);
            passage.Radii[k] = radius;
            passage.Outputs[k] = outputs;
            if (k == segment.Steps)
                break;

            double defect = k == 0 ? 0 : learningRate * ((segment.Fractions[k] * bounds.LinearDefect) + bounds.OtherDefect);
            double next = (growth * radius) + defect;
            double force = (learningRate * ((region.JacobianChange * outputs) + (region.ResidualCurvature * radius))) + defect;
            for (int j = 0; j < state.Length; j++)
            {
                double value = modes.Values[j];
                double root = Math.Sqrt(value);
                double moved = (Math.Abs(1 - (learningRate * value)) * state[j]) + (learningRate * value * region.JacobianChange * radius)
                    + (root * force);
                state[j] = Math.Min(moved, root * next);
            }

            radius = next;
        }

        passage.End = new TubeState(radius, state);
        if (segment.Steps > 1)
            passage.Contraction = region.Contraction(modes, learningRate);
        return passage;
    }
}
