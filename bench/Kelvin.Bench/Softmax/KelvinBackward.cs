using Kelvin.Bench.Ratios;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Bench.Softmax;

/// <summary>∂L/∂z from p and ∂L/∂p.</summary>
internal sealed class KelvinBackward : IContestant
{
    private readonly Rows _rows;
    private readonly float _temperature;

    public KelvinBackward(int length, float temperature)
    {
        _rows = new Rows(length);
        _temperature = temperature;
        for (int i = 0; i < _rows.Count; i++)
            TemperedSoftmax.Probabilities(_rows.Input(i), temperature, _rows.To(i));
    }

    public double UnitsPerRun => _rows.Units;

    public void Run() => SoftmaxRows.Backward(
        new ReadOnlyMatrixView<float>(_rows.Output, _rows.Count, _rows.Length),
        new ReadOnlyMatrixView<float>(_rows.Gradient, _rows.Count, _rows.Length),
        _temperature,
        new MatrixView<float>(_rows.Result, _rows.Count, _rows.Length));
}
