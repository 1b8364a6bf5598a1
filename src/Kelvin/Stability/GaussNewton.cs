using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Softmax;

namespace Kelvin.Stability;

/// <summary>The Gauss–Newton matrix Jᵀ S J of a loss, known by its products with vectors.</summary>
internal sealed class GaussNewton : ISymmetricOperator
{
    private const double Distance = 1e-4;

    private readonly TwoLayerNetwork<double> _network;
    private readonly TrainingSet<double> _set;
    private readonly NetworkWorkspace<double> _workspace;
    private readonly int _threads;
    private readonly double _share;
    private readonly double[] _at;
    private readonly MatrixView<double> _probabilities;
    private readonly MatrixView<double> _change;

    public GaussNewton(TwoLayerNetwork<double> network, TrainingSet<double> set, LossOptions loss, int threads)
    {
        _network = network;
        _set = set;
        _workspace = new NetworkWorkspace<double>(network.Options, set.Rows);
        _threads = threads;
        _share = loss.Reduction == LossReduction.Mean ? 1.0 / set.Rows : 1;
        _at = network.TrainedParameters.ToArray();
        _change = MatrixView.Allocate<double>(set.Rows, network.Options.Outputs);
        if (loss.Kind == LossKind.CrossEntropy)
        {
            _probabilities = MatrixView.Allocate<double>(set.Rows, network.Options.Outputs);
            network.Forward(set.Inputs, _workspace, threads);
            SoftmaxRows.Probabilities<double>(_workspace.Outputs, 1, _probabilities);
        }
    }

    public int Size => _at.Length;

    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        double length = Magnitude.Norm(x);
        if (length == 0)
        {
            y.Clear();
            return;
        }

        double step = Distance / length;
        Move(x, step);
        _workspace.Outputs.CopyTo(_change);
        Move(x, -step);
        for (int i = 0; i < _change.Rows; i++)
            TensorPrimitives.Subtract(_change.Row(i), _workspace.Outputs.Row(i), _change.Row(i));

        Move(x, 0);
        for (int i = 0; i < _change.Rows; i++)
            CurveOutputs(i, _share / (2 * step));
        _network.Backward(_set.Inputs, _workspace, _threads);
        _workspace.Gradient.CopyTo(y);
    }

    private void Move(ReadOnlySpan<double> direction, double step)
    {
        TensorPrimitives.MultiplyAdd(direction, step, _at, _network.TrainedParameters.Span);
        _network.Forward(_set.Inputs, _workspace, _threads);
    }

    /// <summary>dF = S u for one row: u itself for the squared loss, p ∘ (u − ⟨p, u⟩) for cross-entropy.</summary>
    private void CurveOutputs(int row, double scale)
    {
        Span<double> change = _change.Row(row);
        if (_probabilities.Rows > 0)
        {
            ReadOnlySpan<double> p = _probabilities.Row(row);
            TensorPrimitives.Subtract(change, TensorPrimitives.Dot(p, change), change);
            TensorPrimitives.Multiply(change, p, change);
        }

        TensorPrimitives.Multiply(change, scale, _workspace.OutputGradients.Row(row));
    }
}
