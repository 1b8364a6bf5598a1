using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Networks;

/// <summary>A network with one hidden layer, F = s·φ((X W + b)/T) Aᵀ + c.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// <para>All parameters lie in one block (<see cref="Parameters"/>); the matrices are views on it, and writing to them changes the network.</para>
/// <para>NaN and ±∞ in inputs or weights flow through to the outputs. Nothing is allocated by a call once its workspace has grown to the batch, and
/// no result depends on the number of threads.</para>
/// </remarks>
public sealed class TwoLayerNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _parameters;

    /// <summary>Makes a network of zeros, to be filled by the caller.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or <typeparamref name="T"/> is neither float nor double.</exception>
    public TwoLayerNetwork(NetworkOptions options)
    {
        Require.That(
            typeof(T) == typeof(float) || typeof(T) == typeof(double), $"{typeof(T).Name} networks do not exist; use float or double.", nameof(T));
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Options = options;
        Layout = new ParameterLayout(options);
        _parameters = new T[Layout.Total];
    }

    /// <summary>Shape, activation and scaling.</summary>
    public NetworkOptions Options { get; }

    /// <summary>Every parameter: trained weights, then biases, then output weights that are fixed.</summary>
    public Memory<T> Parameters => _parameters;

    /// <summary>The parameters that training changes: the first <see cref="TrainedCount"/> of <see cref="Parameters"/>.</summary>
    public Memory<T> TrainedParameters => _parameters.AsMemory(0, Layout.Trained);

    /// <summary>How many parameters training changes.</summary>
    public int TrainedCount => Layout.Trained;

    /// <summary>W, shape d × m; column r is the unit w_r.</summary>
    public MatrixView<T> HiddenWeights => Layout.HiddenWeights<T>(_parameters);

    /// <summary>A, shape d_out × m; row l holds the weights of output l.</summary>
    public MatrixView<T> OutputWeights => Layout.OutputWeights<T>(_parameters);

    /// <summary>b, shape [m], or empty without biases.</summary>
    public Span<T> HiddenBias => Layout.HiddenBias<T>(_parameters);

    /// <summary>c, shape [d_out], or empty without biases.</summary>
    public Span<T> OutputBias => Layout.OutputBias<T>(_parameters);

    internal ParameterLayout Layout { get; }

    /// <summary>Computes the outputs F of a batch.</summary>
    /// <param name="inputs">X, shape n × d, n ≥ 0; any n: the rows go through the workspace in blocks.</param>
    /// <param name="outputs">F, shape n × d_out.</param>
    /// <param name="workspace">Made for these options; after the call it holds the last block.</param>
    /// <param name="threads">At most so many threads.</param>
    public void Forward(ReadOnlyMatrixView<T> inputs, MatrixView<T> outputs, NetworkWorkspace<T> workspace, int threads = 1)
    {
        CheckInputs(inputs, workspace);
        Require.SameShape(inputs.Rows, Options.Outputs, outputs.Rows, outputs.Columns, nameof(outputs));
        for (int start = 0; start < inputs.Rows; start += workspace.Capacity)
        {
            int rows = Math.Min(workspace.Capacity, inputs.Rows - start);
            NetworkPass.Forward(this, inputs.RowRange(start, rows), workspace, threads);
            workspace.Outputs.CopyTo(outputs.RowRange(start, rows));
        }
    }

    /// <summary>Computes the outputs F of a batch, into <see cref="NetworkWorkspace{T}.Outputs"/>, and keeps what <see cref="Backward"/> needs.</summary>
    /// <param name="inputs">X, shape n × d; the workspace grows to n rows.</param>
    /// <param name="workspace">Made for these options.</param>
    /// <param name="threads">At most so many threads.</param>
    public void Forward(ReadOnlyMatrixView<T> inputs, NetworkWorkspace<T> workspace, int threads = 1)
    {
        CheckInputs(inputs, workspace);
        workspace.Reserve(inputs.Rows);
        NetworkPass.Forward(this, inputs, workspace, threads);
    }

    /// <summary>Turns ∂L/∂F, in <see cref="NetworkWorkspace{T}.OutputGradients"/>, into the gradient of every trained parameter.</summary>
    /// <param name="inputs">X exactly as given to the <see cref="Forward(ReadOnlyMatrixView{T}, NetworkWorkspace{T}, int)"/> just before.</param>
    /// <param name="workspace">The one that Forward filled; its <see cref="NetworkWorkspace{T}.Gradient"/> is overwritten.</param>
    /// <param name="threads">At most so many threads.</param>
    /// <remarks>
    /// <para>dH = s·dF A;  softmax: dZ = H ∘ (dH − ⟨H, dH⟩)/T, else dZ = dH ∘ φ′(Z)/T;  dW = Xᵀ dZ, dA = s·dFᵀ H, db and dc are column sums.</para>
    /// <para>Cost: 2 n m (d + 2 d_out) multiply-adds.</para>
    /// </remarks>
    public void Backward(ReadOnlyMatrixView<T> inputs, NetworkWorkspace<T> workspace, int threads = 1)
    {
        CheckInputs(inputs, workspace);
        Require.SameShape(workspace.Rows, Options.Inputs, inputs.Rows, inputs.Columns, nameof(inputs));
        NetworkPass.Backward(this, inputs, workspace, threads);
    }

    /// <summary>The loss of a labelled batch and its gradient, left in <see cref="NetworkWorkspace{T}.Gradient"/>.</summary>
    /// <param name="inputs">X, shape n × d, n ≥ 1.</param>
    /// <param name="labels">n classes from 0 to d_out − 1.</param>
    /// <param name="loss">Which loss; squared means one-hot targets.</param>
    /// <param name="workspace">Made for these options; grows to n rows.</param>
    /// <param name="threads">At most so many threads.</param>
    /// <returns>The loss, mean or sum over the batch as <paramref name="loss"/> says; NaN or ∞ where the outputs are.</returns>
    public double LossAndGradient(
        ReadOnlyMatrixView<T> inputs, ReadOnlyMemory<int> labels, LossOptions loss, NetworkWorkspace<T> workspace, int threads = 1)
    {
        LossKernels.CheckLabels(inputs.Rows, labels.Span, Options.Outputs);
        Forward(inputs, workspace, threads);
        double value = LossKernels.OfLabels(loss, workspace, labels, threads);
        NetworkPass.Backward(this, inputs, workspace, threads);
        return value;
    }

    /// <summary>The squared loss against real-valued targets and its gradient, left in <see cref="NetworkWorkspace{T}.Gradient"/>.</summary>
    /// <param name="inputs">X, shape n × d, n ≥ 1.</param>
    /// <param name="targets">Y, shape n × d_out.</param>
    /// <param name="loss">A squared loss; <see cref="LossOptions.Theory"/> for the theory's.</param>
    /// <param name="workspace">Made for these options; grows to n rows.</param>
    /// <param name="threads">At most so many threads.</param>
    /// <returns>The loss, mean or sum over the batch as <paramref name="loss"/> says; NaN or ∞ where the outputs are.</returns>
    public double LossAndGradient(
        ReadOnlyMatrixView<T> inputs, ReadOnlyMatrixView<T> targets, LossOptions loss, NetworkWorkspace<T> workspace, int threads = 1)
    {
        LossKernels.CheckTargets(inputs.Rows, targets.Rows, targets.Columns, Options.Outputs, loss);
        Forward(inputs, workspace, threads);
        double value = LossKernels.OfTargets(loss, workspace, targets);
        NetworkPass.Backward(this, inputs, workspace, threads);
        return value;
    }

    /// <summary>Loss and accuracy over a set of any size.</summary>
    /// <param name="set">The examples; they must fit the network.</param>
    /// <param name="kind">Which loss.</param>
    /// <param name="workspace">Made for these options; the set goes through it in blocks.</param>
    /// <param name="threads">At most so many threads.</param>
    public Evaluation Evaluate(TrainingSet<T> set, LossKind kind, NetworkWorkspace<T> workspace, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(set);
        CheckInputs(set.Inputs, workspace);
        set.CheckFits(Options, kind == LossKind.Squared ? LossOptions.Theory : LossOptions.SumOfCrossEntropy, nameof(set));
        return NetworkEvaluation.Measure(this, set, kind, workspace, threads);
    }

    /// <summary>A network with the same options and parameters, in memory of its own.</summary>
    public TwoLayerNetwork<T> Copy()
    {
        var copy = new TwoLayerNetwork<T>(Options);
        _parameters.CopyTo(copy._parameters, 0);
        return copy;
    }

    private void CheckInputs(ReadOnlyMatrixView<T> inputs, NetworkWorkspace<T> workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        Require.SameShape(inputs.Rows, Options.Inputs, inputs.Rows, inputs.Columns, nameof(inputs));
        Require.That(
            ReferenceEquals(workspace.Options, Options) || workspace.Options == Options,
            "The workspace was made for a network with other options; make one with this network's.", nameof(workspace));
    }
}
