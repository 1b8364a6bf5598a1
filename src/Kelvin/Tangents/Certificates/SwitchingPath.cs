using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Tangents.Certificates;

/// <summary>Follows gradient descent on a ReLU network exactly: linear while no unit changes sign on any example, and from the next switch on again.</summary>
/// <remarks>
/// The next switch is found without stepping: in a window of t steps unit r moves on example i by at most Σ_j |P_ij| |G_jr| Σ_k η|û_k,j|, so only
/// the pairs nearer to 0 than that are followed step by step.
/// </remarks>
internal sealed class SwitchingPath
{
    private const int MostCandidates = 256;

    private readonly CertificateProblem _problem;
    private readonly double _learningRate;
    private readonly int _steps;
    private readonly CertifiedCurve _curve;
    private readonly MatrixView<double> _travelled;
    private readonly MatrixView<double> _travelledMove;
    private CentrePoint _point;
    private KernelModes _modes;
    private double[] _residual;
    private double _distance;

    private SwitchingPath(CertificateProblem problem, double learningRate, int steps)
    {
        _problem = problem;
        _learningRate = learningRate;
        _steps = steps;
        _curve = new CertifiedCurve(steps);
        _travelled = MatrixView.Allocate<double>(problem.Examples, problem.Hidden);
        _travelledMove = MatrixView.Allocate<double>(problem.Examples, problem.Hidden);
        _point = new CentrePoint(problem, problem.Start);
        _modes = new KernelModes(problem, _point);
        _residual = _point.Residual;
    }

    /// <summary>‖u_k‖ and ‖W_k − W_0‖ for k up to steps, as long as the switches are at most maxCheckpoints − 1.</summary>
    public static CertifiedCurve Follow(CertificateProblem problem, double learningRate, int steps, int maxCheckpoints)
    {
        var path = new SwitchingPath(problem, learningRate, steps);
        path.Run(maxCheckpoints);
        return path._curve;
    }

    private void Run(int maxCheckpoints)
    {
        _curve.SmallestAtStart = _modes.Smallest;
        _curve.Kernels = 1;
        int k = 0;
        int window = 16;
        Record(0, TensorPrimitives.Norm<double>(_residual), 0);
        while (k < _steps && IsSteady())
        {
            window = Math.Min(window, _steps - k);
            Window found = Look(window);
            _curve.Attempts++;
            if (found.IsUndecided)
            {
                _curve.Stop = StopReason.SignUndecided;
                return;
            }

            Advance(k, found.Steps);
            k += found.Steps;
            window = found.HasSwitch ? Math.Max(4, found.Steps) : found.Steps * 2;
            if (found.HasSwitch)
                Switch(k);
            else
                _curve.Checkpoints.Add(new CurveCheckpoint(k, _residual, 0));
            if (_curve.Kernels >= maxCheckpoints && k < _steps)
            {
                _curve.Stop = StopReason.Checkpoints;
                return;
            }
        }

        _curve.End = _point;
        _curve.EndDistance = _distance;
    }

    /// <summary>The kernel after units have changed sign.</summary>
    private void Switch(int step)
    {
        _curve.Kernels++;
        ReadOnlySpan<double> before = _point.Slopes.Span;
        var point = new CentrePoint(_problem, _point.Preactivations);
        for (int index = 0; index < before.Length && index < _problem.Examples * _problem.Hidden; index++)
            _curve.Switches += (before[index] != 0) == (point.Slopes.Span[index] != 0) ? 0 : 1;
        _point = point;
        _modes = new KernelModes(_problem, _point);
        _residual = _point.Residual;
        _curve.SmallestAtEnd = _modes.Smallest;
        Record(step, TensorPrimitives.Norm<double>(_residual), 0);
        _curve.Checkpoints.Add(new CurveCheckpoint(step, _residual, 0));
    }

    private bool IsSteady()
    {
        double sharpness = _learningRate * _modes.Largest;
        _curve.StepSharpness = Math.Max(_curve.StepSharpness, sharpness);
        _curve.SmallestAtEnd = _modes.Smallest;
        if (sharpness <= 2 && double.IsFinite(TensorPrimitives.Sum<double>(_residual)))
            return true;
        _curve.Stop = double.IsFinite(sharpness) ? StopReason.EdgeOfStability : StopReason.NotFinite;
        return false;
    }

    private void Record(int k, double residual, double length)
    {
        _curve.Centre[k] = residual;
        _curve.Residual[k] = residual;
        _curve.Distance[k] = _distance + length;
        _curve.Proved = k;
    }

    private Window Look(int steps)
    {
        while (true)
        {
            (double[][] coefficients, double[] variation) = Coefficients(steps);
            List<(int Example, int Unit)> candidates = Candidates(variation);
            if (candidates.Count > MostCandidates && steps > 1)
            {
                steps = Math.Max(1, steps / 4);
                continue;
            }

            double smallest = double.PositiveInfinity;
            int first = steps + 1;
            double scale = 1e-12 * TensorPrimitives.MaxMagnitude<double>(_point.Preactivations.Span);
            foreach ((int example, int unit) in candidates)
            {
                double[] direction = Direction(example, unit);
                double z = _point.Preactivations[example, unit];
                smallest = Math.Min(smallest, Math.Abs(z));
                for (int k = 1; k < Math.Min(first, steps + 1); k++)
                {
                    double moved = z - TensorPrimitives.Dot<double>(direction, coefficients[k]);
                    smallest = Math.Min(smallest, Math.Abs(moved));
                    if (moved > 0 != z > 0)
                        first = k;
                }
            }

            return new Window(Math.Min(first, steps), first <= steps, smallest <= scale);
        }
    }

    /// <summary>c_k for k = 0 … steps, and ηΣ|û_k| over them, entry by entry.</summary>
    private (double[][] Coefficients, double[] Variation) Coefficients(int steps)
    {
        double[] modes = _modes.Project(_residual);
        double[] variation = new double[_problem.Size];
        double[][] coefficients = new double[steps + 1][];
        coefficients[0] = new double[_problem.Size];
        for (int k = 0; k < steps; k++)
        {
            double[] residual = _modes.Assemble(modes);
            double[] next = (double[])coefficients[k].Clone();
            for (int i = 0; i < residual.Length; i++)
            {
                next[i] += _learningRate * residual[i];
                variation[i] += _learningRate * Math.Abs(residual[i]);
                modes[i] *= 1 - (_learningRate * _modes.Values[i]);
            }

            coefficients[k + 1] = next;
        }

        return (coefficients, variation);
    }

    private List<(int Example, int Unit)> Candidates(double[] variation)
    {
        MatrixView<double> moves = MatrixView.Allocate<double>(_problem.Examples, _problem.Hidden);
        for (int row = 0; row < _problem.Size; row++)
        {
            Span<double> target = moves.Row(row % _problem.Examples);
            ReadOnlySpan<double> slopes = _point.Slopes.Row(row);
            for (int r = 0; r < target.Length; r++)
                target[r] += variation[row] * Math.Abs(slopes[r]);
        }

        MatrixView<double> reach = MatrixView.Allocate<double>(_problem.Examples, _problem.Hidden);
        Gemm.Multiply(1, _problem.GramSizes, Transpose.No, moves, Transpose.No, 0, reach);
        List<(int, int)> candidates = [];
        for (int i = 0; i < _problem.Examples; i++)
        {
            for (int r = 0; r < _problem.Hidden; r++)
            {
                if (_problem.Lengths[i] > 0 && Math.Abs(_point.Preactivations[i, r]) <= reach[i, r] * (1 + 1e-9))
                    candidates.Add((i, r));
            }
        }

        return candidates;
    }

    /// <summary>∂z_ir/∂c: how one pre-activation follows the coefficients.</summary>
    private double[] Direction(int example, int unit)
    {
        double[] direction = new double[_problem.Size];
        for (int row = 0; row < direction.Length; row++)
            direction[row] = _problem.Gram[example, row % _problem.Examples] * _point.Slopes[row, unit];
        return direction;
    }

    private void Advance(int k, int steps)
    {
        double[] start = _modes.Project(_residual);
        double[] power = new double[start.Length];
        double[] sum = new double[start.Length];
        Array.Fill(power, 1);
        for (int step = 1; step <= steps; step++)
        {
            double residual = 0;
            double length = 0;
            for (int j = 0; j < start.Length; j++)
            {
                sum[j] += _learningRate * power[j];
                power[j] *= 1 - (_learningRate * _modes.Values[j]);
                residual += start[j] * power[j] * start[j] * power[j];
                length += _modes.Values[j] * start[j] * sum[j] * start[j] * sum[j];
            }

            Record(k + step, Math.Sqrt(residual), Math.Sqrt(length));
        }

        TensorPrimitives.Multiply(power, start, power);
        TensorPrimitives.Multiply(sum, start, sum);
        _residual = _modes.Assemble(power);
        MatrixView<double> pull = _point.Pull(_modes.Assemble(sum));
        MatrixView<double> shift = _problem.TimesGram(pull);
        TensorPrimitives.Add(_travelled.Span, pull.Span, _travelled.Span);
        TensorPrimitives.Add(_travelledMove.Span, shift.Span, _travelledMove.Span);
        _distance = Math.Sqrt(CertificateProblem.SquaredLength(_travelled, _travelledMove));
        _point = _point.MovedBy(shift);
    }

    /// <summary>How far the pattern of signs is known.</summary>
    private readonly record struct Window(int Steps, bool HasSwitch, bool IsUndecided);
}
