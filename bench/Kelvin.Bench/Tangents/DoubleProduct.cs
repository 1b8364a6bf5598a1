using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;
using Kelvin.Linear;
using MathNet.Numerics.Random;

namespace Kelvin.Bench.Tangents;

/// <summary>C = A·B in double for square matrices of 1024 rows, our product at its best; counts floating-point operations.</summary>
internal sealed class DoubleProduct : IContestant
{
    private const int Size = 1024;
    private readonly MatrixView<double> _a = Filled(1);
    private readonly MatrixView<double> _b = Filled(2);
    private readonly MatrixView<double> _c = MatrixView.Allocate<double>(Size, Size);
    private readonly int _threads;

    public DoubleProduct(int threads) => _threads = threads;

    public double UnitsPerRun => 2.0 * Size * Size * Size;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run() => Gemm.Multiply(1, _a, Transpose.No, _b, Transpose.Yes, 0, _c, _threads);

    private static MatrixView<double> Filled(int seed)
    {
        var random = new Xoshiro256StarStar(seed, false);
        MatrixView<double> matrix = MatrixView.Allocate<double>(Size, Size);
        foreach (ref double x in matrix.Span)
            x = random.NextDouble() - 0.5;
        return matrix;
    }
}
