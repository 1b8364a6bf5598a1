
namespace Kelvin.Tangents.Certificates;

/// <summary>Expands the slopes and outputs of one example along a segment, and bounds what the expansion leaves out.</summary>
internal sealed class RowExpansion
{
    private readonly CertificateProblem _problem;
    private readonly CentrePoint _point;
    private readonly CentreSegment _segment;
    private readonly SegmentBounds _bounds;
    private readonly bool _softmax;
    private readonly double[] _shift;
    private readonly double[] _beside;
    private readonly double[] _reach;
    private readonly double[] _second;

    public RowExpansion(CertificateProblem problem, CentrePoint point, CentreSegment segment, SegmentBounds bounds)
    {
        _problem = problem;
        _point = point;
        _segment = segment;
        _bounds = bounds;
        _softmax = problem.Activation == Kelvin.Networks.HiddenActivation.Softmax;
        _shift = new double[problem.Hidden];
        _beside = new double[problem.Hidden];
        _reach = new double[problem.Hidden];
        _second = new double[problem.Hidden];
    }

    /// <summary>A segment of one step: its only point is Z_a.</summary>
    public void Stay(int i)
    {
        Array.Clear(_shift);
        Array.Clear(_beside);
        Array.Clear(_reach);
        Array.Clear(_second);
        _bounds.Growth.Row(i).Fill(1);
    }

    /// <summary>Bounds φ'/φ'_a and the outputs' remainders for Z_a + θw + y, 0 ≤ θ ≤ 1, |y_r| ≤ ξᵢ·beside_r.</summary>
    public void Expand(int i, ReadOnlySpan<double> move, ReadOnlySpan<double> beside)
    {
        Span<double> growth = _bounds.Growth.Row(i);
        ReadOnlySpan<double> p = _softmax ? _point.Probabilities.Row(i) : default;
        double centre = _softmax ? System.Numerics.Tensors.TensorPrimitives.Dot(p, move) : 0;
        double shiftOfLog = 0;
        for (int r = 0; r < growth.Length; r++)
        {
            _shift[r] = centre - move[r];
            _beside[r] = _problem.Lengths[i] * beside[r];
            _reach[r] = Math.Abs(_shift[r]) + _beside[r];
            growth[r] = Math.Exp(_reach[r]);
            _second[r] = Math.Max(0, growth[r] - 1 - _reach[r]);
            if (_softmax)
                shiftOfLog += p[r] * (_beside[r] + _second[r]);
        }

        double factor = Math.Exp(shiftOfLog);
        for (int r = 0; r < growth.Length; r++)
        {
            growth[r] *= factor;
            _second[r] = (_second[r] * factor) + ((1 + _reach[r]) * (factor - 1));
        }

        if (_softmax)
            SoftmaxRemainders(i, p, growth);
        else
            ExpRemainders(i, growth);
    }

    /// <summary>Writes the signed first-order defect and the bounds of the row; returns the squared norm of what is not first order.</summary>
    public double Bound(int i, Span<double> lead)
    {
        (double change, double wobble, double steady) = OutputTerms(i);
        double mixed = MixedTerm(i);
        ReadOnlySpan<double> growth = _bounds.Growth.Row(i);
        double squares = 0;
        double norm = 0;
        for (int r = 0; r < lead.Length; r++)
        {
            double start = 0, end = 0, gap = 0, rest = 0;
            for (int row = i; row < _problem.Size; row += _problem.Examples)
            {
                double slope = _point.Slopes[row, r];
                double size = Math.Abs(slope);
                start += _point.Residual[row] * slope;
                end += End(row) * slope;
                gap += Gap(row) * size;
                rest += Rest(row) * size;
            }

            double p = _softmax ? _point.Probabilities[i, r] : 0;
            double largest = Math.Max(Math.Abs(start), Math.Abs(end)) + gap;
            lead[r] = (0.5 * (start + end) * _shift[r]) - (p * mixed);
            double other = (_second[r] * largest) + (largest * _beside[r])
                + (Math.Abs(_shift[r]) * ((0.5 * Math.Abs(start - end)) + gap))
                + (growth[r] * rest) + (p * (((growth[r] - 1) * change) + wobble + steady));
            squares += other * other;
            norm += p * growth[r] * p * growth[r];
            _bounds.Falling[i, r] = Math.Max(-start, -end) + gap + rest;
            _bounds.Rising[i, r] = Math.Max(start, end) + gap + rest;
        }

        _bounds.ProbabilityNorm[i] = Math.Sqrt(norm);
        BoundSlopes(i, growth);
        return squares;
    }

    private bool Moves => _segment.Steps > 1;

    private double End(int row) => Moves ? _segment.EndResidual[row] : _point.Residual[row];

    private double Gap(int row) => Moves ? _segment.ResidualGap[row] : 0;

    private double Rest(int row) => Moves ? _bounds.Remainder[row] + Math.Abs(_bounds.Quadratic[row]) : 0;

    /// <summary>Σ_l of the outputs' moves against the residual, as they enter the softmax slopes.</summary>
    private (double Change, double Wobble, double Steady) OutputTerms(int i)
    {
        double change = 0, wobble = 0, steady = 0;
        for (int row = i; row < _problem.Size; row += _problem.Examples)
        {
            double way = Math.Abs(End(row) - _point.Residual[row]);
            double middle = Math.Abs(0.5 * (End(row) + _point.Residual[row]));
            double loose = Gap(row) + Rest(row);
            _bounds.OutputMove[row] = way + loose;
            _bounds.ResidualBound[row] = middle + (0.5 * way) + loose;
            change += _bounds.ResidualBound[row] * _bounds.OutputMove[row];
            wobble += ((0.5 * way) + loose) * _bounds.OutputMove[row];
            steady += middle * loose;
        }

        return (change, wobble, steady);
    }

    private double MixedTerm(int i)
    {
        double sum = 0;
        for (int row = i; row < _problem.Size; row += _problem.Examples)
            sum += 0.5 * (End(row) + _point.Residual[row]) * (End(row) - _point.Residual[row]);
        return sum;
    }

    private void BoundSlopes(int i, ReadOnlySpan<double> growth)
    {
        for (int row = i; row < _problem.Size; row += _problem.Examples)
        {
            double norm = 0, change = 0, largest = 0;
            for (int r = 0; r < growth.Length; r++)
            {
                double p = _softmax ? _point.Probabilities[i, r] : 0;
                double slope = Math.Abs(_point.Slopes[row, r]);
                double moved = ((growth[r] - 1) * slope) + (growth[r] * p * _bounds.OutputMove[row]);
                change += moved * moved;
                norm += (slope + moved) * (slope + moved);
                largest = Math.Max(largest, slope + moved);
            }

            _bounds.SlopeNorm[row] = Math.Sqrt(norm);
            _bounds.SlopeChange[row] = Math.Sqrt(change);
            _bounds.SlopeMax[row] = largest;
        }
    }

    private void ExpRemainders(int i, ReadOnlySpan<double> growth)
    {
        for (int row = i; row < _problem.Size; row += _problem.Examples)
        {
            double quadratic = 0, rest = 0;
            for (int r = 0; r < growth.Length; r++)
            {
                double slope = _point.Slopes[row, r];
                double reach = _reach[r];
                quadratic += 0.5 * slope * _shift[r] * _shift[r];
                rest += Math.Abs(slope) * ((_beside[r] * (Math.Abs(_shift[r]) + (0.5 * _beside[r]))) + (reach * reach * reach * growth[r] / 6));
            }

            _bounds.Quadratic[row] = quadratic;
            _bounds.Remainder[row] = rest;
        }
    }

    /// <summary>The fourth joint cumulant of A and three moves bounds the third derivative of F along the move.</summary>
    private void SoftmaxRemainders(int i, ReadOnlySpan<double> p, ReadOnlySpan<double> growth)
    {
        double meanReach = 0, meanBeside = 0;
        for (int r = 0; r < p.Length; r++)
        {
            meanReach += p[r] * _reach[r];
            meanBeside += p[r] * _beside[r];
        }

        double meanMove = 0;
        for (int r = 0; r < p.Length; r++)
            meanMove += p[r] * growth[r] * (_reach[r] + meanReach);
        double variance = 0;
        for (int r = 0; r < p.Length; r++)
        {
            double height = _reach[r] + meanReach + meanMove;
            variance += p[r] * growth[r] * height * height;
        }

        for (int row = i; row < _problem.Size; row += _problem.Examples)
        {
            double quadratic = 0, cross = 0, tilt = 0;
            for (int r = 0; r < p.Length; r++)
            {
                double slope = _point.Slopes[row, r];
                double beside = _beside[r] + meanBeside;
                quadratic += 0.5 * slope * _shift[r] * _shift[r];
                cross += Math.Abs(slope) * beside * (Math.Abs(_shift[r]) + (0.5 * beside));
                tilt += (growth[r] - 1) * Math.Abs(slope);
            }

            double cubic = 0, linear = 0;
            for (int r = 0; r < p.Length; r++)
            {
                double height = _reach[r] + meanReach + meanMove;
                double weight = growth[r] * (Math.Abs(_point.Slopes[row, r]) + (p[r] * tilt)) * height;
                linear += weight;
                cubic += weight * height * height;
            }

            _bounds.Quadratic[row] = quadratic;
            _bounds.Remainder[row] = cross + ((cubic + (3 * linear * variance)) / 6);
        }
    }
}
