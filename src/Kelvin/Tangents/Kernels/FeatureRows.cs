using System.Buffers;
using System.Numerics;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Softmax;

namespace Kelvin.Tangents;

/// <summary>Slopes, and where A is trained φ(Z), of some examples: X W + b is put where the last output's slopes will be, and becomes them.</summary>
/// <param name="network">The network.</param>
/// <param name="inputs">X, shape n × d.</param>
/// <param name="outputWeights">A times the output scale, shape d_out × m.</param>
/// <param name="slopes">D, shape n·d_out × m, output-major.</param>
/// <param name="hidden">φ(Z), shape n × m where it is wanted, else 0 × 0.</param>
internal readonly struct FeatureRows<T>(
    TwoLayerNetwork<T> network, ReadOnlyMatrixView<T> inputs, ReadOnlyMatrixView<T> outputWeights, MatrixView<T> slopes, MatrixView<T> hidden)
    : IRangeBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int Outputs => network.Options.Outputs;

    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        MatrixView<T> z = SlopesOf(Outputs - 1, start, end);
        T beta = T.Zero;
        for (int i = 0; i < z.Rows && !network.HiddenBias.IsEmpty; i++)
        {
            network.HiddenBias.CopyTo(z.Row(i));
            beta = T.One;
        }

        Gemm.Multiply(T.One, inputs.RowRange(start, end - start), Transpose.No, network.HiddenWeights, Transpose.No, beta, z);
        if (network.Options.Activation == HiddenActivation.Softmax)
            Softmax(z, start, end);
        else
            Elementwise(z, start);
    }

    /// <summary>D = p ∘ (a − ⟨p, a⟩)/T.</summary>
    private void Softmax(MatrixView<T> z, int start, int end)
    {
        double temperature = network.Options.Temperature;
        T[] room = [];
        MatrixView<T> p = z;
        if (hidden.Rows > 0)
            p = hidden.RowRange(start, z.Rows);
        else if (Outputs > 1)
            p = new MatrixView<T>(room = ArrayPool<T>.Shared.Rent(z.Rows * z.Columns), z.Rows, z.Columns);

        SoftmaxRows.Probabilities<T>(z, T.CreateChecked(temperature), p);
        for (int l = 0; l < Outputs; l++)
        {
            MatrixView<T> target = SlopesOf(l, start, end);
            RowKernels<T>.Best.BackwardRows(p.Span, p.Stride, outputWeights.Row(l), 0, temperature, target.Span, target.Stride, p.Columns, p.Rows);
        }

        ArrayPool<T>.Shared.Return(room);
    }

    /// <summary>D = a ∘ φ'(z/T)/T.</summary>
    private void Elementwise(MatrixView<T> z, int start)
    {
        HiddenActivation activation = network.Options.Activation;
        T inverse = T.One / T.CreateChecked(network.Options.Temperature);
        T[] room = ArrayPool<T>.Shared.Rent(2 * z.Columns);
        Span<T> before = room.AsSpan(0, z.Columns);
        for (int i = 0; i < z.Rows; i++)
        {
            z.Row(i).CopyTo(before);
            Span<T> h = hidden.Rows > 0 ? hidden.Row(start + i) : room.AsSpan(z.Columns, z.Columns);
            HiddenLayer.ForwardRow<T>(activation, before, inverse, h);
            for (int l = 0; l < Outputs; l++)
            {
                Span<T> gradient = slopes.Row((l * inputs.Rows) + start + i);
                outputWeights.Row(l).CopyTo(gradient);
                HiddenLayer.BackwardRow<T>(activation, before, h, inverse, gradient);
            }
        }

        ArrayPool<T>.Shared.Return(room);
    }

    private MatrixView<T> SlopesOf(int output, int start, int end) => slopes.RowRange((output * inputs.Rows) + start, end - start);
}
