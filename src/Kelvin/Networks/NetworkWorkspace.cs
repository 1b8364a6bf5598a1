using System.Numerics;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Networks;

/// <summary>The memory of a forward and backward pass, kept from step to step so that none of them allocates.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// <para>For one network shape and one caller at a time. Views hold the rows of the last pass and are overwritten by the next.</para>
/// <para>Memory: 3 n m elements for the hidden layer, 2 n d_out for the outputs, and one for each trained parameter.</para>
/// </remarks>
public sealed class NetworkWorkspace<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ParameterLayout _layout;
    private readonly T[] _gradient;
    private T[] _preactivations = [];
    private T[] _hidden = [];
    private T[] _hiddenGradients = [];
    private T[] _outputs = [];
    private T[] _outputGradients = [];
    private SoftmaxStatistics[] _hiddenStatistics = [];
    private SoftmaxStatistics[] _outputStatistics = [];

    /// <summary>Makes room for batches of up to <paramref name="rows"/> examples; it grows when a larger one comes.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or there is not at least one row.</exception>
    public NetworkWorkspace(NetworkOptions options, int rows)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Require.Positive(rows);
        Options = options;
        _layout = new ParameterLayout(options);
        _gradient = new T[_layout.Trained];
        Reserve(rows);
    }

    /// <summary>The networks that this workspace serves.</summary>
    public NetworkOptions Options { get; }

    /// <summary>The largest batch that fits without growing.</summary>
    public int Capacity { get; private set; }

    /// <summary>n, the rows of the last forward pass.</summary>
    public int Rows { get; internal set; }

    /// <summary>X W + b, shape n × m: the pre-activations before the division by T.</summary>
    public MatrixView<T> Preactivations => new(_preactivations, Rows, Options.Hidden);

    /// <summary>H = φ(Z), shape n × m; rows of probabilities for softmax.</summary>
    public MatrixView<T> Hidden => new(_hidden, Rows, Options.Hidden);

    /// <summary>After a backward pass ∂L/∂(X W + b), shape n × m.</summary>
    public MatrixView<T> PreactivationGradients => new(_hiddenGradients, Rows, Options.Hidden);

    /// <summary>F, shape n × d_out.</summary>
    public MatrixView<T> Outputs => new(_outputs, Rows, Options.Outputs);

    /// <summary>∂L/∂F, shape n × d_out; written by the loss, or by a caller with a loss of his own.</summary>
    public MatrixView<T> OutputGradients => new(_outputGradients, Rows, Options.Outputs);

    /// <summary>The gradient of every trained parameter, in the order of <see cref="TwoLayerNetwork{T}.TrainedParameters"/>.</summary>
    public Span<T> Gradient => _gradient;

    /// <summary>∂L/∂W, shape d × m.</summary>
    public MatrixView<T> HiddenWeightGradients => _layout.HiddenWeights<T>(_gradient);

    /// <summary>∂L/∂A, shape d_out × m, or 0 × 0 when A is fixed.</summary>
    public MatrixView<T> OutputWeightGradients => Options.TrainOutputWeights ? _layout.OutputWeights<T>(_gradient) : default;

    /// <summary>∂L/∂b, shape [m], or empty without biases.</summary>
    public Span<T> HiddenBiasGradients => _layout.HiddenBias<T>(_gradient);

    /// <summary>∂L/∂c, shape [d_out], or empty without biases.</summary>
    public Span<T> OutputBiasGradients => _layout.OutputBias<T>(_gradient);

    /// <summary>The statistics of every hidden softmax row, shape [n]; empty for other activations.</summary>
    public ReadOnlySpan<SoftmaxStatistics> HiddenStatistics =>
        Options.Activation == HiddenActivation.Softmax ? _hiddenStatistics.AsSpan(0, Rows) : default;

    internal Memory<SoftmaxStatistics> HiddenStatisticsMemory => _hiddenStatistics.AsMemory(0, Rows);

    internal Memory<SoftmaxStatistics> OutputStatisticsMemory => _outputStatistics.AsMemory(0, Rows);

    internal void Reserve(int rows)
    {
        if (rows <= Capacity)
            return;

        int hidden = checked(rows * Options.Hidden);
        int outputs = checked(rows * Options.Outputs);
        _preactivations = new T[hidden];
        _hidden = new T[hidden];
        _hiddenGradients = new T[hidden];
        _outputs = new T[outputs];
        _outputGradients = new T[outputs];
        _hiddenStatistics = Options.Activation == HiddenActivation.Softmax ? new SoftmaxStatistics[rows] : [];
        _outputStatistics = new SoftmaxStatistics[rows];
        Capacity = rows;
        Rows = 0;
    }
}
