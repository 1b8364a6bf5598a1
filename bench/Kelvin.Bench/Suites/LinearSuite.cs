using BenchmarkDotNet.Attributes;
using Kelvin.Linear;

namespace Kelvin.Bench.Suites;

/// <summary>Products of square matrices, and a matrix times a vector.</summary>
[MemoryDiagnoser]
public class LinearSuite
{
    private MatrixView<float> _a;
    private MatrixView<float> _b;
    private MatrixView<float> _c;
    private float[] _x = [];
    private float[] _y = [];

    [Params(64, 256, 1024)]
    public int Size { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _a = MatrixView.Allocate<float>(Size, Size);
        _b = MatrixView.Allocate<float>(Size, Size);
        _c = MatrixView.Allocate<float>(Size, Size);
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
                (_a[i, j], _b[i, j]) = (MathF.Sin(i + (3 * j)), MathF.Cos((2 * i) - j));
        }

        _x = new float[Size];
        _y = new float[Size];
        Array.Fill(_x, 0.5f);
    }

    [Benchmark]
    public void Product() => Gemm.Multiply(1f, _a, Transpose.No, _b, Transpose.No, 0f, _c, Threads);

    [Benchmark]
    public void ProductWithTransposed() => Gemm.Multiply(1f, _a, Transpose.No, _b, Transpose.Yes, 0f, _c, Threads);

    [Benchmark]
    public void GramMatrix() => Gram.Compute(_a, _c, Threads);

    [Benchmark]
    public void MatrixVector() => Gemv.Multiply(1f, _a, Transpose.No, _x, 0f, _y);
}
