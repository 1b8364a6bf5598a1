using System.Numerics.Tensors;

namespace Kelvin.Linear;

/// <summary>Grows an orthonormal basis Q of the Krylov space, on which A is the tridiagonal matrix T = QᵀAQ.</summary>
internal sealed class LanczosProcess<TOperator>
    where TOperator : ISymmetricOperator
{
    private readonly TOperator _symmetric;
    private readonly EigenvalueOptions _options;
    private readonly int _size;
    private readonly double[] _next;
    private readonly Tridiagonal _tridiagonal;
    private MatrixView<double> _basis;
    private int _steps;

    public LanczosProcess(TOperator symmetric, EigenvalueOptions options)
    {
        _symmetric = symmetric;
        _options = options;
        _size = symmetric.Size;
        _next = new double[_size];
        int limit = Math.Min(_size, options.MaxIterations);
        _tridiagonal = new Tridiagonal(limit);
        _basis = MatrixView.Allocate<double>(Math.Min(limit, 16), _size);
        Limit = limit;
    }

    private int Limit { get; }

    /// <summary>Steps until both ends of T are eigenvalues of A, nothing is left to add, or the limit is reached.</summary>
    public ExtremeEigenvaluesResult Run()
    {
        UnitVector.Draw(_next, _options.Seed);
        int nextCheck = 1;
        while (true)
        {
            double coupling = Step();
            if (!double.IsFinite(coupling))
                return Failed();

            bool isLast = _steps == Limit || coupling <= double.Epsilon + (1e-15 * _tridiagonal.Scale);
            if (!isLast && _steps < nextCheck)
                continue;
            (RitzPair smallest, RitzPair largest) = _tridiagonal.Ends(_steps);
            double scale = Math.Max(Math.Abs(smallest.Value), Math.Abs(largest.Value));
            double bound = coupling * Math.Max(smallest.LastComponent, largest.LastComponent);
            if (isLast || bound <= 0.5 * _options.Tolerance * scale)
                return new ExtremeEigenvaluesResult(Measure(smallest, scale), Measure(largest, scale));
            nextCheck = _steps + 1 + (_steps / 8);   // the ends of T cost a cube of its size
        }
    }

    /// <summary>Adds one vector to the basis and one row to T; returns how strongly the next vector would be coupled.</summary>
    private double Step()
    {
        if (_steps == _basis.Rows)
            Grow();
        Span<double> q = _basis.Row(_steps);
        _next.CopyTo(q);
        _symmetric.Apply(q, _next);
        _steps++;

        double alpha = TensorPrimitives.Dot<double>(q, _next);
        Orthogonalize();
        Orthogonalize();   // once leaves what rounding put there; twice is enough
        double beta = UnitVector.Normalize(_next);
        _tridiagonal.Add(alpha, beta);
        return beta + (alpha - alpha);   // NaN where alpha is not finite
    }

    /// <summary>next ← next − Qᵀ·(Q·next), Q's rows being the basis.</summary>
    private void Orthogonalize()
    {
        MatrixView<double> basis = _basis.RowRange(0, _steps);
        Span<double> shares = _tridiagonal.Scratch[.._steps];
        Gemv.Multiply(1, basis, Transpose.No, _next, 0, shares);
        Gemv.Multiply(-1, basis, Transpose.Yes, shares, 1, _next.AsSpan());
    }

    private void Grow()
    {
        MatrixView<double> larger = MatrixView.Allocate<double>(Math.Min(Limit, 2 * _steps), _size);
        _basis.CopyTo(larger.RowRange(0, _steps));
        _basis = larger;
    }

    private EigenvalueEstimate Measure(RitzPair pair, double scale)
    {
        double[] vector = new double[_size];
        Gemv.Multiply(1, _basis.RowRange(0, _steps), Transpose.Yes, pair.Vector, 0, vector.AsSpan());
        UnitVector.Normalize(vector);
        _symmetric.Apply(vector, _next);
        (double value, double residual) = UnitVector.Rayleigh(vector, _next);
        return new EigenvalueEstimate(value, residual, residual <= _options.Tolerance * scale, _steps, vector);
    }

    private ExtremeEigenvaluesResult Failed()
    {
        var failed = new EigenvalueEstimate(double.NaN, double.NaN, HasConverged: false, _steps, _basis.Row(0).ToArray());
        return new ExtremeEigenvaluesResult(failed, failed);
    }
}
