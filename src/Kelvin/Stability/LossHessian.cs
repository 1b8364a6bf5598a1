using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Softmax;

namespace Kelvin.Stability;

/// <summary>The Hessian ∂²L/∂θ² of a loss at a network's present weights, known by its exact products with vectors.</summary>
/// <remarks>
/// <para>H v = ∂g(θ + εv)/∂ε at ε = 0, by differentiating every line of the forward and backward pass by hand (Pearlmutter's R{·}); with
/// V = X W + b, Z = V/T, D = ∂L/∂F, P = ∂L/∂H:</para>
/// <para>RV = X RW + Rb;  RH = φ′(Z)·RV/T;  RF = s(RH Aᵀ + H RAᵀ) + Rc;  RD = S RF;  RP = s(RD A + D RA);
/// dV = φ′(Z)·P/T and RdV its derivative;  then RdW = Xᵀ RdV, RdA = s(RDᵀ H + Dᵀ RH), Rdb and Rdc column sums.</para>
/// <para>Softmax: dV = H ∘ (P − p̄)/T with p̄ = ⟨H, P⟩, so RdV = (RH ∘ (P − p̄) + H ∘ (RP − ⟨RH, P⟩ − ⟨H, RP⟩))/T. ReLU: the kinks count as flat.</para>
/// <para>For squared loss and cross-entropy, with labels or targets; GELU is not supported. For one caller at a time; the network must not change
/// meanwhile. NaN and ±∞ flow through.</para>
/// <para>Cost of a product: 2 n m (2 d + 5 d_out) multiply-adds, about twice a gradient's; nothing is allocated.</para>
/// <para>Source: Pearlmutter, Neural Computation 6 (1994).</para>
/// </remarks>
public sealed class LossHessian : ISymmetricOperator
{
    private readonly TwoLayerNetwork<double> _network;
    private readonly TrainingSet<double> _set;
    private readonly NetworkWorkspace<double> _workspace;
    private readonly TwoLayerNetwork<double> _direction;
    private readonly NetworkWorkspace<double> _rates;
    private readonly MatrixView<double> _hiddenGradients;
    private readonly MatrixView<double> _probabilities;
    private readonly double _share;
    private readonly int _threads;

    /// <summary>Takes one gradient at the present weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="set">Examples, all in one batch.</param>
    /// <param name="loss">Which loss; without label smoothing.</param>
    /// <param name="threads">At most so many threads; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">The hidden units are GELU.</exception>
    public LossHessian(TwoLayerNetwork<double> network, TrainingSet<double> set, LossOptions loss, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(loss);
        Require.That(network.Options.Activation != HiddenActivation.Gelu, "The hidden units are GELU; use softmax, exp or ReLU.", nameof(network));
        _network = network;
        _set = set;
        _threads = threads;
        _share = loss.Reduction == LossReduction.Mean ? 1.0 / set.Rows : 1;
        _workspace = new NetworkWorkspace<double>(network.Options, set.Rows);
        _rates = new NetworkWorkspace<double>(network.Options, set.Rows) { Rows = set.Rows };
        _direction = new TwoLayerNetwork<double>(network.Options);

        Loss = set.HasLabels
            ? network.LossAndGradient(set.Inputs, set.Labels, loss, _workspace, threads)
            : network.LossAndGradient(set.Inputs, set.Targets, loss, _workspace, threads);
        GradientNorm = Magnitude.Norm<double>(_workspace.Gradient);
        _hiddenGradients = MatrixView.Allocate<double>(set.Rows, network.Options.Hidden);
        Gemm.Multiply(
            network.Options.OutputScale, _workspace.OutputGradients, Transpose.No, network.OutputWeights, Transpose.No, 0, _hiddenGradients, threads);
        if (loss.Kind == LossKind.CrossEntropy)
        {
            _probabilities = MatrixView.Allocate<double>(set.Rows, network.Options.Outputs);
            SoftmaxRows.Probabilities<double>(_workspace.Outputs, 1, _probabilities);
        }
    }

    /// <summary>The loss at the weights.</summary>
    public double Loss { get; }

    /// <summary>‖∂L/∂θ‖₂ at the weights.</summary>
    public double GradientNorm { get; }

    /// <summary>Number of trained parameters.</summary>
    public int Size => _network.TrainedCount;

    /// <summary>Computes λ_max of the Hessian, the sharpness, by the Lanczos method.</summary>
    /// <param name="options">Tolerance, limit and seed; by default a relative tolerance of 0.001 and 80 products.</param>
    /// <remarks>Gradient descent with step η overshoots along its vector where η λ_max > 2 (the edge of stability, arXiv 2103.00065).</remarks>
    public EigenvalueEstimate Sharpness(EigenvalueOptions? options = null) =>
        ExtremeEigenvalues.Lanczos(this, options ?? new EigenvalueOptions { Tolerance = 1e-3, MaxIterations = 80 }).Largest;

    /// <summary>Sets <paramref name="y"/> to H x.</summary>
    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        x.CopyTo(_direction.TrainedParameters.Span);
        Forward();
        CurveOutputs();
        Backward();
        _rates.Gradient.CopyTo(y);
    }

    private double Scale => _network.Options.OutputScale;

    private bool TrainsOutput => _network.Options.TrainOutputWeights;

    /// <summary>RV, RH and RF, into the workspace of the rates.</summary>
    private void Forward()
    {
        Fill(_rates.Preactivations, _direction.HiddenBias);
        Gemm.Multiply(1, _set.Inputs, Transpose.No, _direction.HiddenWeights, Transpose.No, 1, _rates.Preactivations, _threads);
        double beta = 1 / _network.Options.Temperature;
        for (int i = 0; i < _set.Rows; i++)
            HessianRows.Forward(_network.Options.Activation, beta, _workspace.Preactivations.Row(i), _workspace.Hidden.Row(i), _rates.Preactivations.Row(i), _rates.Hidden.Row(i));

        Fill(_rates.Outputs, _direction.OutputBias);
        Gemm.Multiply(Scale, _rates.Hidden, Transpose.No, _network.OutputWeights, Transpose.Yes, 1, _rates.Outputs, _threads);
        if (TrainsOutput)
            Gemm.Multiply(Scale, _workspace.Hidden, Transpose.No, _direction.OutputWeights, Transpose.Yes, 1, _rates.Outputs, _threads);
    }

    /// <summary>RD = S RF: RF itself for the squared loss, p ∘ (RF − ⟨p, RF⟩) for cross-entropy.</summary>
    private void CurveOutputs()
    {
        for (int i = 0; i < _set.Rows; i++)
        {
            Span<double> rate = _rates.OutputGradients.Row(i);
            _rates.Outputs.Row(i).CopyTo(rate);
            if (_probabilities.Rows > 0)
            {
                ReadOnlySpan<double> p = _probabilities.Row(i);
                TensorPrimitives.Subtract(rate, TensorPrimitives.Dot(p, rate), rate);
                TensorPrimitives.Multiply(rate, p, rate);
            }

            TensorPrimitives.Multiply(rate, _share, rate);
        }
    }

    private void Backward()
    {
        MatrixView<double> rates = _rates.PreactivationGradients;
        Gemm.Multiply(Scale, _rates.OutputGradients, Transpose.No, _network.OutputWeights, Transpose.No, 0, rates, _threads);
        if (TrainsOutput)
            Gemm.Multiply(Scale, _workspace.OutputGradients, Transpose.No, _direction.OutputWeights, Transpose.No, 1, rates, _threads);
        double beta = 1 / _network.Options.Temperature;
        for (int i = 0; i < _set.Rows; i++)
            HessianRows.Backward(_network.Options.Activation, beta, _workspace.Preactivations.Row(i), _workspace.Hidden.Row(i), _rates.Hidden.Row(i), _hiddenGradients.Row(i), rates.Row(i));

        Gemm.Multiply(1, _set.Inputs, Transpose.Yes, rates, Transpose.No, 0, _rates.HiddenWeightGradients, _threads);
        if (TrainsOutput)
        {
            Gemm.Multiply(Scale, _rates.OutputGradients, Transpose.Yes, _workspace.Hidden, Transpose.No, 0, _rates.OutputWeightGradients, _threads);
            Gemm.Multiply(Scale, _workspace.OutputGradients, Transpose.Yes, _rates.Hidden, Transpose.No, 1, _rates.OutputWeightGradients, _threads);
        }

        Sum(rates, _rates.HiddenBiasGradients);
        Sum(_rates.OutputGradients, _rates.OutputBiasGradients);
    }

    private static void Fill(MatrixView<double> matrix, ReadOnlySpan<double> bias)
    {
        for (int i = 0; i < matrix.Rows; i++)
        {
            if (bias.IsEmpty)
                matrix.Row(i).Clear();
            else
                bias.CopyTo(matrix.Row(i));
        }
    }

    private static void Sum(MatrixView<double> matrix, Span<double> sums)
    {
        if (sums.IsEmpty)
            return;

        sums.Clear();
        for (int i = 0; i < matrix.Rows; i++)
            TensorPrimitives.Add(sums, matrix.Row(i), sums);
    }
}
