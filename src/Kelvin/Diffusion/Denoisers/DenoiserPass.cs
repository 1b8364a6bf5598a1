using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>Forward and backward of a denoiser for up to a number of rows; its memory is made once.</summary>
internal sealed class DenoiserPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenoiserNetwork<T> _network;
    private readonly int _threads;
    private readonly T[] _scaled;
    private readonly T[] _conditions;
    private readonly T[][] _stream;
    private readonly T[][] _active;
    private readonly T[][] _slopes;
    private readonly T[] _outputs;
    private readonly T[] _dStream;
    private readonly T[] _dActive;
    private int _rows;

    public DenoiserPass(DenoiserNetwork<T> network, int capacity, int threads)
    {
        _network = network;
        _threads = threads;
        Capacity = capacity;
        DenoiserOptions options = network.Options;
        int wide = capacity * options.Width;
        _scaled = new T[capacity * options.Dimensions];
        _conditions = new T[capacity * options.Conditions];
        _stream = Arrays(options.Blocks + 1, wide);
        _active = Arrays(options.Blocks + 1, wide);
        _slopes = Arrays(options.Blocks + 1, wide);
        _outputs = new T[capacity * options.Dimensions];
        _dStream = new T[wide];
        _dActive = new T[wide];
    }

    public int Capacity { get; }

    /// <summary>F, shape n × d.</summary>
    public MatrixView<T> Outputs => new(_outputs, _rows, _network.Options.Dimensions);

    /// <summary>Computes F.</summary>
    /// <param name="x">Noisy points, n × d, n ≤ capacity.</param>
    /// <param name="alphas">α of each row.</param>
    /// <param name="sigmas">σ of each row.</param>
    /// <param name="labels">Class of each row, −1 for none; empty for none at all.</param>
    public void Forward(ReadOnlyMatrixView<T> x, ReadOnlySpan<double> alphas, ReadOnlySpan<double> sigmas, ReadOnlySpan<int> labels)
    {
        DenoiserOptions options = _network.Options;
        DenoiserLayout layout = _network.Layout;
        Memory<T> w = _network.Parameters;
        _rows = x.Rows;
        DenoiserInputs.Fill(options, x, alphas, sigmas, labels, Of(_scaled, options.Dimensions), Of(_conditions, options.Conditions));

        SetBias(_stream[0], layout.InputBias(w.Span));
        Add(Of(_scaled, options.Dimensions), layout.Input(w), Wide(_stream[0]));
        Add(Of(_conditions, options.Conditions), layout.Condition(w, options.Blocks), Wide(_stream[0]));
        for (int b = 0; b < options.Blocks; b++)
        {
            SetBias(_dStream, layout.BlockBias(w.Span, b, 0));
            Add(Wide(_stream[b]), layout.Block(w, b, 0), Wide(_dStream));
            Add(Of(_conditions, options.Conditions), layout.Condition(w, b), Wide(_dStream));
            Activate(_dStream, b);
            SetBias(_stream[b + 1], layout.BlockBias(w.Span, b, 1));
            TensorPrimitives.Add<T>(Used(_stream[b]), Used(_stream[b + 1]), Used(_stream[b + 1]));
            Add(Wide(_active[b]), layout.Block(w, b, 1), Wide(_stream[b + 1]));
        }

        Activate(_stream[options.Blocks], options.Blocks);
        MatrixView<T> outputs = Outputs;
        for (int i = 0; i < _rows; i++)
            layout.OutputBias(w.Span).CopyTo(outputs.Row(i));
        Add(Wide(_active[options.Blocks]), layout.Output(w), outputs);
    }

    /// <summary>Turns ∂L/∂F into the gradient of every parameter.</summary>
    public void Backward(ReadOnlyMatrixView<T> dOutputs, Memory<T> gradient)
    {
        DenoiserOptions options = _network.Options;
        DenoiserLayout layout = _network.Layout;
        Memory<T> w = _network.Parameters;
        int last = options.Blocks;
        Set(Wide(_active[last]), dOutputs, layout.Output(gradient));
        SumColumns(dOutputs, layout.OutputBias(gradient.Span));
        Back(dOutputs, layout.Output(w), T.Zero, Wide(_dStream));
        TensorPrimitives.Multiply<T>(Used(_dStream), Used(_slopes[last]), Used(_dStream));
        for (int b = last - 1; b >= 0; b--)
        {
            Set(Wide(_active[b]), Wide(_dStream), layout.Block(gradient, b, 1));
            SumColumns(Wide(_dStream), layout.BlockBias(gradient.Span, b, 1));
            Back(Wide(_dStream), layout.Block(w, b, 1), T.Zero, Wide(_dActive));
            TensorPrimitives.Multiply<T>(Used(_dActive), Used(_slopes[b]), Used(_dActive));
            Set(Wide(_stream[b]), Wide(_dActive), layout.Block(gradient, b, 0));
            Set(Of(_conditions, options.Conditions), Wide(_dActive), layout.Condition(gradient, b));
            SumColumns(Wide(_dActive), layout.BlockBias(gradient.Span, b, 0));
            Back(Wide(_dActive), layout.Block(w, b, 0), T.One, Wide(_dStream));
        }

        Set(Of(_scaled, options.Dimensions), Wide(_dStream), layout.Input(gradient));
        Set(Of(_conditions, options.Conditions), Wide(_dStream), layout.Condition(gradient, last));
        SumColumns(Wide(_dStream), layout.InputBias(gradient.Span));
    }

    private static T[][] Arrays(int count, int length)
    {
        var arrays = new T[count][];
        for (int i = 0; i < count; i++)
            arrays[i] = new T[length];
        return arrays;
    }

    private static void SumColumns(ReadOnlyMatrixView<T> matrix, Span<T> sums)
    {
        sums.Clear();
        for (int i = 0; i < matrix.Rows; i++)
            TensorPrimitives.Add(sums, matrix.Row(i), sums);
    }

    private MatrixView<T> Of(T[] memory, int columns) => new(memory, _rows, columns);

    private MatrixView<T> Wide(T[] memory) => Of(memory, _network.Options.Width);

    private Span<T> Used(T[] memory) => memory.AsSpan(0, _rows * _network.Options.Width);

    private void SetBias(T[] memory, ReadOnlySpan<T> bias)
    {
        for (int i = 0; i < _rows; i++)
            bias.CopyTo(memory.AsSpan(i * bias.Length));
    }

    private void Activate(T[] memory, int b) => Silu.Forward(Used(memory), Used(_active[b]), Used(_slopes[b]));

    private void Add(MatrixView<T> a, MatrixView<T> weights, MatrixView<T> c) =>
        Gemm.Multiply(T.One, a, Transpose.No, weights, Transpose.No, T.One, c, _threads);

    private void Set(MatrixView<T> a, ReadOnlyMatrixView<T> d, MatrixView<T> gradient) =>
        Gemm.Multiply(T.One, a, Transpose.Yes, d, Transpose.No, T.Zero, gradient, _threads);

    private void Back(ReadOnlyMatrixView<T> d, MatrixView<T> weights, T keep, MatrixView<T> c) =>
        Gemm.Multiply(T.One, d, Transpose.No, weights, Transpose.Yes, keep, c, _threads);
}
