using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Tangents.Certificates;

/// <summary>Follows the centre path of a smooth network and keeps a tube around it that gradient descent cannot leave.</summary>
internal sealed class SmoothTube
{
    private const int Retries = 10;

    /// <summary>Below this share of the residual at the start (10⁻³ of the loss) a ball is looked for that ends the proof.</summary>
    private const double TailFrom = 0.0316;

    private readonly CertificateProblem _problem;
    private readonly double _learningRate;
    private readonly int _steps;
    private readonly int _maxCheckpoints;
    private readonly double _tolerance;
    private readonly CertifiedCurve _curve;
    private readonly MatrixView<double> _travelled;
    private readonly MatrixView<double> _travelledMove;
    private CentrePoint _point;
    private KernelModes _modes;
    private TubeState _state;
    private double _distance;
    private double _inherited = double.PositiveInfinity;
    private (int Step, double Distance, TailBall Ball)? _tail;

    private SmoothTube(CertificateProblem problem, double learningRate, int steps, int maxCheckpoints, double tolerance)
    {
        _problem = problem;
        _learningRate = learningRate;
        _steps = steps;
        _maxCheckpoints = maxCheckpoints;
        _tolerance = tolerance;
        _curve = new CertifiedCurve(steps);
        _travelled = MatrixView.Allocate<double>(problem.Examples, problem.Hidden);
        _travelledMove = MatrixView.Allocate<double>(problem.Examples, problem.Hidden);
        _point = new CentrePoint(problem, problem.Start);
        _modes = new KernelModes(problem, _point);
        _state = new TubeState(0, new double[problem.Size]);
    }

    /// <summary>Bounds ‖u_k‖ and ‖W_k − W_0‖ for k up to steps.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="steps">K.</param>
    /// <param name="maxCheckpoints">Most kernels to evaluate.</param>
    /// <param name="tolerance">ε: a segment may add ε times its own length to the radius.</param>
    public static CertifiedCurve Follow(CertificateProblem problem, double learningRate, int steps, int maxCheckpoints, double tolerance)
    {
        var tube = new SmoothTube(problem, learningRate, steps, maxCheckpoints, tolerance);
        tube.Run();
        return tube._curve;
    }

    private void Run()
    {
        _curve.SmallestAtStart = _modes.Smallest;
        int k = 0;
        int proposal = 4;
        while (Enter(k) && k < _steps)
        {
            (CentreSegment segment, SegmentBounds bounds, TubePassage passage)? found = Choose(Math.Min(proposal, _steps - k), out proposal);
            if (found is null)
            {
                _curve.Stop = StopReason.TubeOpen;
                break;
            }

            Commit(k, found.Value.segment, found.Value.bounds, found.Value.passage);
            k += found.Value.segment.Steps;
        }

        if (_tail is var (step, distance, ball) && _curve.Stop is StopReason.TubeOpen or StopReason.Checkpoints)
            _curve.FinishFrom(step, distance, ball);
    }

    /// <summary>Records step k at a checkpoint; false where the pass must end.</summary>
    private bool Enter(int k)
    {
        _curve.Kernels++;
        double residual = TensorPrimitives.Norm<double>(_point.Residual);
        _curve.StepSharpness = Math.Max(_curve.StepSharpness, _learningRate * _modes.Largest);
        if (!double.IsFinite(residual) || !double.IsFinite(_modes.Largest))
            return End(StopReason.NotFinite);

        _curve.Centre[k] = residual;
        double outputs = Math.Sqrt(_modes.Largest) * _state.Radius;
        if (_state.Radius > 0)
        {
            var here = new SegmentBounds(_problem, _point, new CentreSegment(_modes, _point.Residual, _learningRate, 1));
            var region = new TubeRegion(_problem, _point, here, Math.Sqrt(_modes.Largest), _state.Radius, double.PositiveInfinity);
            outputs = Math.Min(TensorPrimitives.Norm<double>(_state.Modes), outputs) + (region.JacobianChange * _state.Radius);
        }

        _curve.Residual[k] = Math.Min(residual + outputs, _inherited);
        _curve.Checkpoints.Add(new CurveCheckpoint(k, _point.Residual, outputs));
        _curve.Distance[k] = _distance + _state.Radius;
        _curve.Proved = k;
        _curve.SmallestAtEnd = _modes.Smallest;
        _curve.Radius = _state.Radius;
        _curve.End = _point;
        _curve.EndDistance = _distance;
        if (residual < TailFrom * _curve.Centre[0]
            && TailBall.Find(_problem, _point, _modes, _state.Radius, _curve.Residual[k], _learningRate) is { } ball)
        {
            _tail = (k, _distance, ball);
        }

        if (_learningRate * _modes.Largest > 2)
            return End(StopReason.EdgeOfStability);
        return k >= _steps || _curve.Kernels < _maxCheckpoints || End(StopReason.Checkpoints);
    }

    private bool End(StopReason reason)
    {
        _curve.Stop = reason;
        return false;
    }

    private (CentreSegment Segment, SegmentBounds Bounds, TubePassage Passage)? Choose(int steps, out int next)
    {
        next = 1;
        for (int attempt = 0; attempt < Retries; attempt++)
        {
            _curve.Attempts++;
            var segment = new CentreSegment(_modes, _point.Residual, _learningRate, steps);
            var bounds = new SegmentBounds(_problem, _point, segment);
            double defect = 0;
            for (int k = 0; steps > 1 && k < steps; k++)
                defect += _learningRate * ((segment.Fractions[k] * bounds.LinearDefect) + (k > 0 ? bounds.OtherDefect : 0));
            double allowed = _tolerance * segment.Lengths[steps];
            if (steps > 1 && !(defect <= allowed))
            {
                double shrink = double.IsFinite(defect) && defect > 0 ? Math.Sqrt(allowed / defect) : 0.3;
                steps = attempt >= Retries - 3 ? 1 : Math.Clamp((int)(steps * Math.Clamp(0.9 * shrink, 0.1, 0.8)), 1, steps - 1);
                continue;
            }

            TubePassage? passage = TubePassage.Close(_problem, _point, _modes, segment, bounds, _state, _learningRate);
            if (passage is not null)
            {
                double grow = defect > 0 ? Math.Sqrt(allowed / defect) : 2;
                next = Math.Max(steps + 1, (int)(steps * Math.Clamp(0.9 * grow, 0.7, 2.5)));
                return (segment, bounds, passage);
            }

            if (steps == 1)
                return null;
            steps = attempt >= Retries - 3 ? 1 : Math.Max(1, steps / 3);
        }

        return null;
    }

    private void Commit(int k, CentreSegment segment, SegmentBounds bounds, TubePassage passage)
    {
        for (int step = 1; step < segment.Steps; step++)
        {
            double rest = 0;
            double fraction = segment.Fractions[step];
            for (int row = 0; row < _problem.Size; row++)
            {
                double entry = (fraction * fraction * Math.Abs(bounds.Quadratic[row])) + bounds.Remainder[row];
                rest += entry * entry;
            }

            _curve.Centre[k + step] = segment.ResidualNorms[step];
            double around = segment.ResidualNorms[step] + Math.Sqrt(rest) + passage.Outputs[step];
            _curve.Residual[k + step] = Math.Min(around, passage.Contraction * _curve.Residual[k + step - 1]);
            _curve.Distance[k + step] = _distance + segment.Lengths[step] + passage.Radii[step];
            _curve.Proved = k + step;
        }

        _inherited = passage.Contraction * _curve.Residual[k + segment.Steps - 1];
        TensorPrimitives.Add(_travelled.Span, bounds.Pull.Span, _travelled.Span);
        TensorPrimitives.Add(_travelledMove.Span, bounds.Shift.Span, _travelledMove.Span);
        _distance = Math.Sqrt(CertificateProblem.SquaredLength(_travelled, _travelledMove));
        var point = new CentrePoint(_problem, bounds.End);
        if (!Array.TrueForAll(point.Residual, double.IsFinite))
        {
            _point = point;
            _curve.Stop = StopReason.NotFinite;
            return;
        }

        var modes = new KernelModes(_problem, point);
        _state = passage.End.Turn(_modes, modes, JacobianChange(_point, point));
        (_point, _modes) = (point, modes);
    }

    /// <summary>At least ‖J_b − J_a‖₂ between two checkpoints.</summary>
    private double JacobianChange(CentrePoint a, CentrePoint b)
    {
        double largest = 0;
        for (int i = 0; i < _problem.Examples; i++)
        {
            double sum = 0;
            for (int row = i; row < _problem.Size; row += _problem.Examples)
            {
                double distance = TensorPrimitives.Distance<double>(a.Slopes.Row(row), b.Slopes.Row(row));
                sum += distance * distance;
            }

            largest = Math.Max(largest, sum);
        }

        return Math.Sqrt(_problem.GramNorm * largest);
    }
}
