using Kelvin.Linear;

namespace Kelvin.Tangents.Certificates;

/// <summary>How far the network can be from its linearisation on one segment of the centre path: entry by entry, for smooth activations.</summary>
/// <remarks>
/// On the segment Z is Z_a + θw + y with w known and |y| ≤ <see cref="_beside"/>. Slopes and outputs are expanded around Z_a: first-order terms keep
/// their signs, what is left is bounded entry by entry. The letters are those of docs/certificates.md.
/// </remarks>
internal sealed class SegmentBounds
{
    private readonly CertificateProblem _problem;
    private readonly CentrePoint _point;
    private readonly CentreSegment _segment;
    private readonly bool _moves;
    private readonly double[] _beside;

    public SegmentBounds(CertificateProblem problem, CentrePoint point, CentreSegment segment)
    {
        _problem = problem;
        _point = point;
        _segment = segment;
        _moves = segment.Steps > 1;
        Pull = point.Pull(segment.Coefficients);
        Shift = problem.TimesGram(Pull);
        End = MatrixView.Allocate<double>(problem.Examples, problem.Hidden);
        System.Numerics.Tensors.TensorPrimitives.Subtract(point.Preactivations.Span, Shift.Span, End.Span);
        Growth = MatrixView.Allocate<double>(problem.Examples, problem.Hidden);
        Falling = MatrixView.Allocate<double>(problem.Examples, problem.Hidden);
        Rising = MatrixView.Allocate<double>(problem.Examples, problem.Hidden);
        Remainder = new double[problem.Size];
        Quadratic = new double[problem.Size];
        OutputMove = new double[problem.Size];
        ResidualBound = new double[problem.Size];
        SlopeNorm = new double[problem.Size];
        SlopeMax = new double[problem.Size];
        SlopeChange = new double[problem.Size];
        ProbabilityNorm = new double[problem.Examples];
        _beside = Beside();
        Fill();
    }

    /// <summary>Σ_l c_s^l ∘ G^l; Z moves by −P times it.</summary>
    public MatrixView<double> Pull { get; }

    /// <summary>P times <see cref="Pull"/>.</summary>
    public MatrixView<double> Shift { get; }

    /// <summary>Z at the end of the segment.</summary>
    public MatrixView<double> End { get; }

    /// <summary>Bound of φ'/φ'_a, the factor by which an exponential or probability grows or shrinks.</summary>
    public MatrixView<double> Growth { get; }

    /// <summary>Upper bound of −Σ_l u_l G_a^l on the path.</summary>
    public MatrixView<double> Falling { get; }

    /// <summary>Upper bound of Σ_l u_l G_a^l on the path.</summary>
    public MatrixView<double> Rising { get; }

    /// <summary>|u(W̃_k) − û_k| ≤ θ_k² |Quadratic| + Remainder.</summary>
    public double[] Remainder { get; }

    /// <summary>Half the second derivative of the outputs along w.</summary>
    public double[] Quadratic { get; }

    /// <summary>Bound of |F − F_a| on the path.</summary>
    public double[] OutputMove { get; }

    /// <summary>Bound of |u| on the path.</summary>
    public double[] ResidualBound { get; }

    /// <summary>Bound of ‖G_i^l‖₂ on the path.</summary>
    public double[] SlopeNorm { get; }

    /// <summary>Bound of max_r |G_ir^l| on the path.</summary>
    public double[] SlopeMax { get; }

    /// <summary>Bound of ‖G_i^l − G_a,i^l‖₂ on the path.</summary>
    public double[] SlopeChange { get; }

    /// <summary>Bound of ‖S_i‖₂ on the path; 0 without softmax.</summary>
    public double[] ProbabilityNorm { get; }

    /// <summary>First-order part of the defect: ‖∇L(W̃_k) − Jᵀû_k‖ ≤ θ_k·LinearDefect + OtherDefect.</summary>
    public double LinearDefect { get; private set; }

    /// <summary>The rest of the defect.</summary>
    public double OtherDefect { get; private set; }

    private double[] Beside()
    {
        double[] squares = new double[_problem.Hidden];
        if (!_moves)
            return squares;

        for (int i = 0; i < _problem.Examples; i++)
        {
            for (int r = 0; r < squares.Length; r++)
            {
                double sum = 0;
                for (int row = i; row < _problem.Size; row += _problem.Examples)
                    sum += _segment.CoefficientGap[row] * Math.Abs(_point.Slopes[row, r]);
                squares[r] += sum * sum;
            }
        }

        for (int r = 0; r < squares.Length; r++)
            squares[r] = Math.Sqrt(_problem.GramNorm * squares[r]);
        return squares;
    }

    private void Fill()
    {
        MatrixView<double> lead = MatrixView.Allocate<double>(_problem.Examples, _problem.Hidden);
        double others = 0;
        var row = new RowExpansion(_problem, _point, _segment, this);
        for (int i = 0; i < _problem.Examples; i++)
        {
            if (_moves)
                row.Expand(i, Shift.Row(i), _beside);
            else
                row.Stay(i);
            others += row.Bound(i, lead.Row(i));
        }

        LinearDefect = _moves ? Known(Math.Sqrt(CertificateProblem.SquaredLength(lead, _problem.TimesGram(lead)))) : 0;
        OtherDefect = _moves ? Known(Math.Sqrt(_problem.GramNorm * others)) : 0;
    }

    /// <summary>Where a bound overflows, it is +∞ and not NaN.</summary>
    private static double Known(double bound) => double.IsNaN(bound) ? double.PositiveInfinity : bound;
}
