using Kelvin.Bench.Linear;
using Kelvin.Bench.Ratios;
using Kelvin.Linear;
using Kelvin.Transformers.Weights;

namespace Kelvin.Bench.Transformers;

/// <summary>y = W·x for a matrix of weights far larger than the caches; counts the bytes that W is kept in.</summary>
internal sealed class WeightContestant : IContestant
{
    private const int Inputs = 4096;
    private readonly WeightMatrix _weights;
    private readonly MatrixView<float> _x = Filled.Matrix(1, Inputs);
    private readonly MatrixView<float> _y;
    private readonly int _threads;

    public WeightContestant(WeightFormat format, int threads)
    {
        int outputs = DecodePromises.Bytes / Inputs / format switch { WeightFormat.F32 => 4, WeightFormat.I8 => 1, _ => 2 };
        ReadOnlyMemory<float> row = Filled.Matrix(1, Inputs).Row(0).ToArray();
        _weights = new WeightMatrix(outputs, Inputs, format, (_, destination) => row.Span.CopyTo(destination));
        _y = MatrixView.Allocate<float>(1, outputs);
        _threads = threads;
    }

    public double UnitsPerRun => _weights.Bytes;

    public void Run() => _weights.Multiply(_x, _y, _threads);
}
