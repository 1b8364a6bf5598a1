using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>Multiplies by the Jacobian J = ∂vec(F)/∂θ of a network at the weights it had, without forming it.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// <para>θ are the parameters that training changes, in the order of <see cref="TwoLayerNetwork{T}.TrainedParameters"/>; outputs are output-major.</para>
/// <para>J δ:  dF = s·(dφ Aᵀ + φ dAᵀ) + dc with dφ = φ′(X dW + db). Jᵀ v is a backward pass with ∂L/∂F = v. Exact up to rounding, at kinks of ReLU too.</para>
/// <para>Memory: 3·m elements for each example of a block and three vectors of θ's length. Where all examples fit one block the forward pass is kept,
/// else it is repeated in each product.</para>
/// </remarks>
public sealed class NetworkJacobian<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long BlockBytes = 128L << 20;

    private readonly TwoLayerNetwork<T> _network;
    private readonly ReadOnlyMatrixView<T> _inputs;
    private readonly NetworkWorkspace<T> _workspace;
    private readonly T[] _direction;
    private readonly int _threads;
    private int _block = -1;

    /// <summary>Takes the network's present weights, in a copy, and keeps the points.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">X, shape n × d, n ≥ 1, finite. Not copied.</param>
    /// <param name="threads">At most so many threads; the results do not depend on it.</param>
    /// <param name="blockRows">Examples taken at a time, ≥ 1; null: as many as 128 MB hold.</param>
    /// <exception cref="ArgumentException">X has no row, does not fit or is not finite, or a weight is not finite.</exception>
    public NetworkJacobian(TwoLayerNetwork<T> network, ReadOnlyMatrixView<T> inputs, int threads = 1, int? blockRows = null)
    {
        TangentKernel.CheckWeights(network);
        TangentKernel.CheckPoints(network, inputs, nameof(inputs));
        Require.Positive(threads);
        Require.Positive(blockRows ?? 1, nameof(blockRows));
        _network = network.Copy();
        _inputs = inputs;
        _threads = threads;
        _direction = new T[network.TrainedCount];
        long fitting = BlockBytes / (3L * network.Options.Hidden * Unsafe.SizeOf<T>());
        _workspace = new NetworkWorkspace<T>(network.Options, (int)Math.Clamp(blockRows ?? fitting, 1, inputs.Rows));
    }

    /// <summary>n·d_out, the rows of J.</summary>
    public int Size => _inputs.Rows * _network.Options.Outputs;

    /// <summary>The length of θ, the columns of J.</summary>
    public int Parameters => _direction.Length;

    internal NetworkOptions Options => _network.Options;

    /// <summary>Sets change to J·δ: how the outputs move, to first order, when the parameters move by δ.</summary>
    /// <param name="direction">δ, shape [Parameters].</param>
    /// <param name="change">J δ, shape [Size].</param>
    /// <remarks>Cost: n·m·(d + 2·d_out) multiply-adds, and as much again as a forward pass where it was not kept.</remarks>
    public void Times(ReadOnlySpan<T> direction, Span<T> change)
    {
        Require.Length(direction, Parameters);
        Require.Length<T>(change, Size);
        direction.CopyTo(_direction);
        for (int start = 0; start < _inputs.Rows; start += _workspace.Capacity)
        {
            ReadOnlyMatrixView<T> rows = Load(start);
            Push(rows);
            for (int l = 0; l < _workspace.Outputs.Columns; l++)
            {
                for (int i = 0; i < rows.Rows; i++)
                    change[(l * _inputs.Rows) + start + i] = _workspace.OutputGradients[i, l];
            }
        }
    }

    /// <summary>Sets gradient to Jᵀ·v.</summary>
    /// <param name="weights">v, shape [Size].</param>
    /// <param name="gradient">Jᵀ v, shape [Parameters].</param>
    /// <remarks>Cost: n·m·(d + 2·d_out) multiply-adds, and a forward pass where it was not kept.</remarks>
    public void TransposedTimes(ReadOnlySpan<T> weights, Span<T> gradient)
    {
        Require.Length(weights, Size);
        Require.Length<T>(gradient, Parameters);
        gradient.Clear();
        for (int start = 0; start < _inputs.Rows; start += _workspace.Capacity)
        {
            ReadOnlyMatrixView<T> rows = Load(start);
            for (int l = 0; l < _workspace.Outputs.Columns; l++)
            {
                for (int i = 0; i < rows.Rows; i++)
                    _workspace.OutputGradients[i, l] = weights[(l * _inputs.Rows) + start + i];
            }

            NetworkPass.Backward(_network, rows, _workspace, _threads);
            TensorPrimitives.Add(gradient, _workspace.Gradient, gradient);
        }
    }

    /// <summary>The outputs F at the weights linearised at, output-major.</summary>
    public T[] Outputs()
    {
        T[] outputs = new T[Size];
        for (int start = 0; start < _inputs.Rows; start += _workspace.Capacity)
        {
            ReadOnlyMatrixView<T> rows = Load(start);
            for (int l = 0; l < _workspace.Outputs.Columns; l++)
            {
                for (int i = 0; i < rows.Rows; i++)
                    outputs[(l * _inputs.Rows) + start + i] = _workspace.Outputs[i, l];
            }
        }

        return outputs;
    }

    private ReadOnlyMatrixView<T> Load(int start)
    {
        ReadOnlyMatrixView<T> rows = _inputs.RowRange(start, Math.Min(_workspace.Capacity, _inputs.Rows - start));
        if (_block != start)
            NetworkPass.Forward(_network, rows, _workspace, _threads);
        _block = start;
        return rows;
    }

    /// <summary>OutputGradients ← dF for the direction. The Jacobian of the hidden layer is symmetric, so its backward pass is its forward one too.</summary>
    private void Push(ReadOnlyMatrixView<T> rows)
    {
        NetworkOptions options = _network.Options;
        MatrixView<T> change = _workspace.PreactivationGradients;
        T beta = FillRows(change, _network.Layout.HiddenBias<T>(_direction));
        Gemm.Multiply(T.One, rows, Transpose.No, _network.Layout.HiddenWeights<T>(_direction), Transpose.No, beta, change, _threads);
        HiddenLayer.Backward(_workspace, _threads);

        MatrixView<T> outputs = _workspace.OutputGradients;
        T scale = T.CreateChecked(options.OutputScale);
        beta = FillRows(outputs, _network.Layout.OutputBias<T>(_direction));
        Gemm.Multiply(scale, change, Transpose.No, _network.OutputWeights, Transpose.Yes, beta, outputs, _threads);
        if (options.TrainOutputWeights)
            Gemm.Multiply(scale, _workspace.Hidden, Transpose.No, _network.Layout.OutputWeights<T>(_direction), Transpose.Yes, T.One, outputs, _threads);
    }

    private static T FillRows(MatrixView<T> matrix, ReadOnlySpan<T> row)
    {
        for (int i = 0; i < matrix.Rows && !row.IsEmpty; i++)
            row.CopyTo(matrix.Row(i));
        return row.IsEmpty ? T.Zero : T.One;
    }
}
