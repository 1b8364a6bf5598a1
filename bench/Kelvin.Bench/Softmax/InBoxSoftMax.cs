using System.Numerics.Tensors;
using Kelvin.Bench.Ratios;

namespace Kelvin.Bench.Softmax;

/// <summary>TensorPrimitives.SoftMax: no statistics, no temperature, no subtraction of the maximum.</summary>
internal sealed class InBoxSoftMax(int length) : IContestant
{
    private readonly Rows _rows = new(length);

    public double UnitsPerRun => _rows.Units;

    public void Run()
    {
        ReadOnlySpan<float> z = _rows.Logits.Span;
        Span<float> p = _rows.Output.Span;
        for (int i = 0; i < _rows.Count; i++)
        {
#pragma warning disable RS0030 // banned in the product because it overflows; here it is the peer to beat
            TensorPrimitives.SoftMax(z.Slice(i * length, length), p.Slice(i * length, length));
#pragma warning restore RS0030
        }
    }
}
