using System.Numerics.Tensors;
using Kelvin.Bench.Ratios;
using Kelvin.Softmax;

namespace Kelvin.Bench.Softmax;

/// <summary>The backward pass from TensorPrimitives: Dot, then (g − D)·p in one AddMultiply; for T ≠ 1 one more pass.</summary>
internal sealed class InBoxBackward : IContestant
{
    private readonly Rows _rows;
    private readonly float _temperature;

    public InBoxBackward(int length, float temperature)
    {
        _rows = new Rows(length);
        _temperature = temperature;
        for (int i = 0; i < _rows.Count; i++)
            TemperedSoftmax.Probabilities(_rows.Input(i), temperature, _rows.To(i));
    }

    public double UnitsPerRun => _rows.Units;

    public void Run()
    {
        int length = _rows.Length;
        ReadOnlySpan<float> probabilities = _rows.Output.Span;
        ReadOnlySpan<float> gradient = _rows.Gradient.Span;
        Span<float> result = _rows.Result.Span;
        for (int i = 0; i < _rows.Count; i++)
        {
            ReadOnlySpan<float> p = probabilities.Slice(i * length, length);
            ReadOnlySpan<float> g = gradient.Slice(i * length, length);
            Span<float> dZ = result.Slice(i * length, length);
            TensorPrimitives.AddMultiply(g, -TensorPrimitives.Dot(p, g), p, dZ);
            if (_temperature != 1)
                TensorPrimitives.Multiply(dZ, 1 / _temperature, dZ);
        }
    }
}
