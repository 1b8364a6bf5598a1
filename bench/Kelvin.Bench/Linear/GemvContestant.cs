using Kelvin.Bench.Ratios;
using Kelvin.Linear;

namespace Kelvin.Bench.Linear;

/// <summary>y = op(A)·x for a square float matrix far larger than the caches; counts the bytes of A.</summary>
internal sealed class GemvContestant(int size, Transpose transpose) : IContestant
{
    private readonly MatrixView<float> _a = Filled.Matrix(size, size);
    private readonly float[] _x = Filled.Matrix(1, size).Row(0).ToArray();
    private readonly float[] _y = new float[size];

    public double UnitsPerRun => sizeof(float) * (double)size * size;

    public void Run() => Gemv.Multiply(1, _a, transpose, _x, 0, _y);
}
