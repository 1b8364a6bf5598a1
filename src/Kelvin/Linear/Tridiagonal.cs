using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Kelvin.Linear;

/// <summary>The symmetric tridiagonal matrix that the Lanczos method builds, row by row.</summary>
internal sealed class Tridiagonal(int limit)
{
    private readonly List<double> _diagonal = [];
    private readonly List<double> _beside = [];
    private readonly double[] _scratch = new double[limit];

    /// <summary>Room for one number a row.</summary>
    public Span<double> Scratch => _scratch;

    /// <summary>The largest element so far, by magnitude.</summary>
    public double Scale { get; private set; }

    /// <summary>Adds a row: its diagonal element and the one that couples it to the next row.</summary>
    public void Add(double alpha, double beta)
    {
        _diagonal.Add(alpha);
        _beside.Add(beta);
        Scale = Math.Max(Scale, Math.Max(Math.Abs(alpha), beta));
    }

    /// <summary>The smallest and the largest eigenvalue of the first <paramref name="size"/> rows.</summary>
    public (RitzPair Smallest, RitzPair Largest) Ends(int size)
    {
        Matrix<double> dense = Matrix<double>.Build.Dense(
            size, size, (i, j) => i == j ? _diagonal[i] : Math.Abs(i - j) == 1 ? _beside[Math.Min(i, j)] : 0);
        Evd<double> evd = dense.Evd(Symmetricity.Symmetric);   // in ascending order
        return (Pair(evd, 0), Pair(evd, size - 1));
    }

    private static RitzPair Pair(Evd<double> evd, int index) =>
        new(evd.EigenValues[index].Real, evd.EigenVectors.Column(index).ToArray());
}
