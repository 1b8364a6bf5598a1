using Kelvin.Bench.Ratios;
using Kelvin.Linear;

namespace Kelvin.Bench.Linear;

/// <summary>C = A·B in float for A [m, k] and B [k, n]; counts floating-point operations.</summary>
internal sealed class GemmContestant : IContestant
{
    private const double LongEnough = 1e6;
    private readonly MatrixView<float> _a;
    private readonly MatrixView<float> _b;
    private readonly MatrixView<float> _c;
    private readonly int _threads;
    private readonly int _repeats;

    public GemmContestant(int m, int k, int n, int threads = 1)
    {
        (_a, _b, _c) = (Filled.Matrix(m, k), Filled.Matrix(k, n), Filled.Matrix(m, n));
        _threads = threads;
        double operations = 2.0 * m * k * n;
        _repeats = (int)Math.Ceiling(LongEnough / operations);
        UnitsPerRun = _repeats * operations;
    }

    public double UnitsPerRun { get; }

    public void Run()
    {
        for (int i = 0; i < _repeats; i++)
            Gemm.Multiply(1, _a, Transpose.No, _b, Transpose.No, 0, _c, _threads);
    }
}
