using System.Numerics.Tensors;

namespace Kelvin.Tangents;

/// <summary>The forward and the backward pass of a <see cref="SequenceAttention"/> over one sequence, and the room for both.</summary>
/// <remarks>
/// Since only the last position asks, Wk q and Σ aⱼ xⱼ are formed once: a pass costs 4d² + 3nd multiply-adds forward and about twice that backward.
/// NaN in a parameter makes the output NaN.
/// </remarks>
public sealed class SequenceAttentionPass
{
    private readonly SequenceAttention _layer;
    private readonly double[] _logits;
    private readonly double[] _weights;
    private readonly double[] _logitGradients;
    private readonly double[][] _inputs;
    private readonly double[][] _inputGradients;
    private readonly double[] _query;
    private readonly double[] _asked;
    private readonly double[] _mean;
    private readonly double[] _value;
    private readonly double[] _change;
    private readonly double[] _mapped;

    /// <summary>Makes room for a layer, whose parameters may change between passes.</summary>
    /// <param name="layer">The layer.</param>
    public SequenceAttentionPass(SequenceAttention layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        _layer = layer;
        int width = layer.Options.Width;
        int length = layer.Options.Length;
        (_logits, _weights, _logitGradients) = (new double[length], new double[length], new double[length]);
        (_inputs, _inputGradients) = (Vectors(length, width), Vectors(length, width));
        (_query, _asked, _mean) = (new double[width], new double[width], new double[width]);
        (_value, _change, _mapped) = (new double[width], new double[width], new double[width]);
    }

    /// <summary>s of the last sequence, before the division by T; shape [n].</summary>
    public ReadOnlyMemory<double> Logits => _logits;

    /// <summary>a of the last sequence, shape [n].</summary>
    public ReadOnlyMemory<double> Weights => _weights;

    private double LogitScale => 1 / Math.Sqrt(_layer.Options.Width);

    /// <summary>Computes F.</summary>
    /// <param name="tokens">The sequence, shape [n].</param>
    /// <exception cref="ArgumentException">It has another length, or a token that is not of the vocabulary.</exception>
    public double Forward(ReadOnlySpan<int> tokens)
    {
        SequenceAttentionOptions options = _layer.Options;
        Require.Length(tokens, options.Length);
        for (int j = 0; j < tokens.Length; j++)
        {
            Require.Index(tokens[j], options.Vocabulary, nameof(tokens));
            TensorPrimitives.Add(Row(_layer.EmbeddingStart, tokens[j]), Row(_layer.PositionStart, j), _inputs[j]);
        }

        TimesTransposed(0, _inputs[^1], _query);
        Times(options.Width * options.Width, _query, _asked);
        double shift = TensorPrimitives.Dot<double>(_query, _layer.KeyBias.Span);
        for (int j = 0; j < tokens.Length; j++)
            _logits[j] = LogitScale * (TensorPrimitives.Dot<double>(_asked, _inputs[j]) + shift);
        AttentionWeights.Forward(options.Normaliser, _logits, options.Temperature, _weights);
        Array.Clear(_mean);
        for (int j = 0; j < tokens.Length; j++)
            TensorPrimitives.MultiplyAdd<double>(_inputs[j], _weights[j], _mean, _mean);
        TimesTransposed(_layer.ValueStart, _mean, _value);
        return options.OutputScale * TensorPrimitives.Dot(Row(_layer.ReadoutStart, 0), _value);
    }

    /// <summary>Adds dF·∂F/∂θ for the sequence of the last <see cref="Forward"/>.</summary>
    /// <param name="tokens">The same sequence.</param>
    /// <param name="dOutput">dF, the derivative of what is differentiated by F.</param>
    /// <param name="gradient">Added to, shape [ParameterCount].</param>
    /// <exception cref="ArgumentException">A shape is wrong.</exception>
    public void Backward(ReadOnlySpan<int> tokens, double dOutput, Span<double> gradient)
    {
        SequenceAttentionOptions options = _layer.Options;
        Require.Length(tokens, options.Length);
        Require.Length<double>(gradient, options.ParameterCount);
        int width = options.Width;
        int square = width * width;
        double dScaled = dOutput * options.OutputScale;

        Span<double> dReadout = gradient[_layer.ReadoutStart..];
        TensorPrimitives.MultiplyAdd(_value, dScaled, dReadout, dReadout);
        TensorPrimitives.Multiply(Row(_layer.ReadoutStart, 0), dScaled, _change);
        AddOuter(_mean, _change, gradient[_layer.ValueStart..]);
        Times(_layer.ValueStart, _change, _mapped);
        for (int j = 0; j < tokens.Length; j++)
        {
            _logitGradients[j] = TensorPrimitives.Dot<double>(_mapped, _inputs[j]);
            TensorPrimitives.Multiply(_mapped, _weights[j], _inputGradients[j]);
        }

        AttentionWeights.Backward(options.Normaliser, _logits, _weights, options.Temperature, _logitGradients);
        TensorPrimitives.Multiply(_logitGradients, LogitScale, _logitGradients);
        double dShift = TensorPrimitives.Sum<double>(_logitGradients);
        Array.Clear(_change);
        for (int j = 0; j < tokens.Length; j++)
        {
            TensorPrimitives.MultiplyAdd<double>(_inputs[j], _logitGradients[j], _change, _change);
            TensorPrimitives.MultiplyAdd<double>(_asked, _logitGradients[j], _inputGradients[j], _inputGradients[j]);
        }

        Span<double> dBias = gradient.Slice(_layer.KeyBiasStart, width);
        TensorPrimitives.MultiplyAdd(_query, dShift, dBias, dBias);
        AddOuter(_change, _query, gradient[square..]);
        TimesTransposed(square, _change, _mapped);
        TensorPrimitives.MultiplyAdd(_layer.KeyBias.Span, dShift, _mapped, _mapped);
        AddOuter(_inputs[^1], _mapped, gradient);
        Times(0, _mapped, _change);
        TensorPrimitives.Add<double>(_inputGradients[^1], _change, _inputGradients[^1]);
        for (int j = 0; j < tokens.Length; j++)
        {
            Add(_inputGradients[j], gradient.Slice(_layer.EmbeddingStart + (tokens[j] * width), width));
            Add(_inputGradients[j], gradient.Slice(_layer.PositionStart + (j * width), width));
        }
    }

    private static void Add(ReadOnlySpan<double> change, Span<double> sum) => TensorPrimitives.Add(change, sum, sum);

    private static double[][] Vectors(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new double[length])];

    private static void AddOuter(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> sum)
    {
        for (int a = 0; a < left.Length; a++)
        {
            Span<double> row = sum.Slice(a * right.Length, right.Length);
            TensorPrimitives.MultiplyAdd(right, left[a], row, row);
        }
    }

    private ReadOnlySpan<double> Row(int start, int index) => _layer.From(start + (index * _layer.Options.Width))[.._layer.Options.Width];

    /// <summary>y = W x.</summary>
    private void Times(int start, ReadOnlySpan<double> x, Span<double> y)
    {
        for (int a = 0; a < y.Length; a++)
            y[a] = TensorPrimitives.Dot(Row(start, a), x);
    }

    /// <summary>y = Wᵀ x.</summary>
    private void TimesTransposed(int start, ReadOnlySpan<double> x, Span<double> y)
    {
        y.Clear();
        for (int a = 0; a < x.Length; a++)
            TensorPrimitives.MultiplyAdd(Row(start, a), x[a], y, y);
    }
}
