using Kelvin.Linear;

namespace Kelvin.Tangents.Certificates;

/// <summary>
/// What holds for every W within r of a point of a segment: how much the Jacobian differs, and how negative and how large the Hessian of the loss
/// can be there.
/// </summary>
internal sealed class TubeRegion
{
    private readonly CertificateProblem _problem;
    private readonly CentrePoint _point;
    private readonly SegmentBounds _bounds;
    private readonly double[] _outputChange;
    private readonly double[] _widening;
    private readonly double _root;
    private readonly double _pull;

    /// <param name="problem">The problem.</param>
    /// <param name="point">The segment's first point.</param>
    /// <param name="bounds">The segment's bounds.</param>
    /// <param name="rootOfLargest">√λ_max(K_a).</param>
    /// <param name="radius">r.</param>
    /// <param name="outputRadius">v: no W of interest has outputs farther than this from the centre's.</param>
    public TubeRegion(
        CertificateProblem problem, CentrePoint point, SegmentBounds bounds, double rootOfLargest, double radius, double outputRadius)
    {
        _problem = problem;
        _point = point;
        _bounds = bounds;
        _outputChange = new double[problem.Size];
        _widening = new double[problem.Examples];
        double jacobian = 0;
        double pull = 0;
        _root = rootOfLargest;
        for (int i = 0; i < problem.Examples; i++)
        {
            (double change, double off) = Row(i, radius, outputRadius);
            jacobian = Math.Max(jacobian, change);
            pull = Math.Max(pull, off);
        }

        JacobianChange = Math.Sqrt(problem.GramNorm * jacobian);
        if (double.IsNaN(JacobianChange))
            JacobianChange = double.PositiveInfinity;
        _pull = problem.GramNorm * pull;
    }

    /// <summary>Bounds the curvatures; they cost more than the rest and are not always wanted.</summary>
    public TubeRegion WithCurvature()
    {
        double largest = _root + JacobianChange;
        double falling = Curvature.Largest(_problem, Coefficients(_bounds.Falling));
        double rising = Curvature.Largest(_problem, Coefficients(_bounds.Rising));
        NegativeCurvature = falling + _pull;
        LargestCurvature = ((largest + Math.Sqrt(_pull)) * (largest + Math.Sqrt(_pull))) + rising;
        ResidualCurvature = Math.Max(falling, rising) + (2 * Math.Sqrt(_pull) * largest);
        return this;
    }

    /// <summary>j ≥ ‖J(W) − J_a‖₂.</summary>
    public double JacobianChange { get; }

    /// <summary>ν ≥ −λ_min(∇²L).</summary>
    public double NegativeCurvature { get; private set; } = double.NaN;

    /// <summary>At least λ_max(∇²L).</summary>
    public double LargestCurvature { get; private set; } = double.NaN;

    /// <summary>α with ‖(J(W) − J(W̃))ᵀu‖ ≤ α‖W − W̃‖: the norm of Σ uᵢ ∇²Fᵢ.</summary>
    public double ResidualCurvature { get; private set; } = double.NaN;

    /// <summary>q with ‖u(W − η∇L(W))‖ ≤ q‖u(W)‖ wherever the whole step lies in the region; +∞ where neither argument applies.</summary>
    /// <remarks>
    /// One argument is u' = (I − ηJ̄Jᵀ)u with J̄Jᵀ within j(2√λ_max + j) of K_a; the other the descent lemma with
    /// ‖∇L‖ ≥ (√λ_min(K_a) − j)‖u‖.
    /// </remarks>
    public double Contraction(KernelModes modes, double learningRate)
    {
        double root = Math.Sqrt(modes.Largest);
        double direct = Math.Max(Math.Abs(1 - (learningRate * modes.Smallest)), Math.Abs(1 - (learningRate * modes.Largest)))
            + (learningRate * JacobianChange * ((2 * root) + JacobianChange));
        double slope = Math.Max(0, Math.Sqrt(modes.Smallest) - JacobianChange);
        double gain = 2 * learningRate * slope * slope * (1 - (0.5 * learningRate * LargestCurvature));
        double descent = gain >= 0 ? Math.Sqrt(Math.Max(0, 1 - gain)) : double.PositiveInfinity;
        return Math.Min(direct, descent);
    }

    private (double Change, double Pull) Row(int i, double radius, double outputRadius)
    {
        double step = Math.Exp(_problem.Lengths[i] * radius) - 1;
        double log = step * _bounds.ProbabilityNorm[i];
        double factor = Math.Exp(log);
        double widening = (1 + step) * factor;
        _widening[i] = widening;
        double change = 0;
        double residual = 0;
        for (int row = i; row < _problem.Size; row += _problem.Examples)
        {
            double output = Math.Min(outputRadius, factor * _bounds.SlopeNorm[row] * step);
            _outputChange[row] = output;
            double slopes = _bounds.SlopeChange[row] + (_bounds.SlopeMax[row] * step * factor) + (_bounds.SlopeNorm[row] * (factor - 1))
                + (widening * _bounds.ProbabilityNorm[i] * output);
            change += slopes * slopes;
            double size = _bounds.ResidualBound[row] + output;
            residual += size * size;
        }

        double probability = _bounds.ProbabilityNorm[i] * widening;
        return (change, residual * probability * probability);
    }

    /// <summary>Upper bounds of ∓∂L/∂Z-like coefficients Σ_l u_l ∂²F_l over the region.</summary>
    private MatrixView<double> Coefficients(MatrixView<double> onPath)
    {
        MatrixView<double> coefficients = MatrixView.Allocate<double>(_problem.Examples, _problem.Hidden);
        for (int i = 0; i < _problem.Examples; i++)
        {
            double mixed = 0;
            for (int row = i; row < _problem.Size; row += _problem.Examples)
                mixed += (_bounds.ResidualBound[row] + _outputChange[row]) * (_bounds.OutputMove[row] + _outputChange[row]);
            for (int r = 0; r < _problem.Hidden; r++)
            {
                double value = onPath[i, r];
                for (int row = i; row < _problem.Size; row += _problem.Examples)
                    value += Math.Abs(_point.Slopes[row, r]) * _outputChange[row];
                double factor = _bounds.Growth[i, r] * _widening[i];
                double p = _bounds.ProbabilityNorm[i] > 0 ? _point.Probabilities[i, r] : 0;
                coefficients[i, r] = (value >= 0 ? value * factor : value / factor) + (p * factor * mixed);
            }
        }

        return coefficients;
    }
}
