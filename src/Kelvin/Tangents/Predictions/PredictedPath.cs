using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>Walks the path that training is predicted to take, in strides: linear from kernel to kernel.</summary>
/// <remarks>
/// <para>From W_a with residual u_a and kernel H_a it predicts a stride of steps as if the kernel stayed, sets the parameters to where those steps lead,
/// W_b = W_a − η Jᵀ Σ p, and there takes residual and kernel anew. No step of training is taken on the way except where a stride is one step long.</para>
/// <para>Cost: for each linearisation a kernel, its spectrum (9·N³) and a product with Jᵀ; a step between costs 4·N.</para>
/// </remarks>
public sealed class PredictedPath
{
    private PredictedPath(KernelPrediction start, double[] losses, IReadOnlyList<PathPoint> points)
    {
        Start = start;
        Losses = losses;
        Points = points;
    }

    /// <summary>What the kernel at the start alone predicts.</summary>
    public KernelPrediction Start { get; }

    /// <summary>The predicted loss ½‖u_k‖² for k = 0, 1, …; ends early where it passed the floor or stopped being finite.</summary>
    public ReadOnlyMemory<double> Losses { get; }

    /// <summary>Where kernels were taken.</summary>
    public IReadOnlyList<PathPoint> Points { get; }

    /// <summary>Walks from a network's present weights; the network is left as it is.</summary>
    /// <param name="network">The network.</param>
    /// <param name="set">Examples with targets, or with labels that become one-hot targets.</param>
    /// <param name="options">Step, momentum, how far and how often.</param>
    /// <exception cref="ArgumentException">The set does not fit, an option is out of its range, a weight is not finite or the kernel has no room.</exception>
    public static PredictedPath Walk(TwoLayerNetwork<double> network, TrainingSet<double> set, PathOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        set.CheckFits(network.Options, LossOptions.Theory, nameof(set));
        return new PathWalk(network, set, options).Run();
    }

    /// <summary>One walk under way.</summary>
    private sealed class PathWalk
    {
        private readonly TwoLayerNetwork<double> _start;
        private readonly TwoLayerNetwork<double> _network;
        private readonly ReadOnlyMatrixView<double> _inputs;
        private readonly double[] _targets;
        private readonly PathOptions _options;
        private readonly KernelRoom<double> _room = new();
        private readonly List<PathPoint> _points = [];
        private readonly List<double> _losses = [];
        private readonly double[] _velocity;
        private KernelPrediction? _first;
        private double[] _firstKernel = [];
        private double _firstNorm;

        public PathWalk(TwoLayerNetwork<double> network, TrainingSet<double> set, PathOptions options)
        {
            _start = network;
            _network = network.Copy();
            _inputs = set.Inputs;
            _targets = OutputMajor.Stack(SquaredTargets.Of(set, network.Options.Outputs));
            _options = options;
            _velocity = new double[options.Momentum > 0 ? network.TrainedCount : 0];
        }

        public PredictedPath Run()
        {
            while (_losses.Count <= _options.Steps)
            {
                if (!double.IsFinite(TensorPrimitives.Sum<double>(_network.Parameters.Span)) || !Stride())
                    break;
            }

            Require.That(_first is not null, "At the network's weights its outputs or kernel are not finite; start from smaller ones.", "network");
            return new PredictedPath(_first!, [.. _losses], _points);
        }

        /// <summary>Takes a kernel and walks to the next; false where the path has ended.</summary>
        private bool Stride()
        {
            int step = _losses.Count;
            var jacobian = new NetworkJacobian<double>(_network, _inputs, _options.Threads);
            double[] residual = jacobian.Outputs();
            TensorPrimitives.Subtract(residual, _targets, residual);
            double loss = KernelPrediction.HalfSquare(residual);
            TangentKernel<double> kernel = TangentKernel.Compute(_network, _inputs, _room, new TangentKernelOptions { Threads = _options.Threads });
            if (!kernel.IsFinite || !double.IsFinite(loss))
            {
                _losses.Add(loss);
                return false;
            }

            KernelSpectrum spectrum = kernel.Spectrum();
            _first ??= new KernelPrediction(spectrum, residual, _options.LearningRate, _options.Momentum);
            Record(step, loss, kernel, spectrum);
            double[] brought = new double[_velocity.Length > 0 ? residual.Length : 0];
            if (brought.Length > 0)
                jacobian.Times(_velocity, brought);
            var segment = new LinearSegment(spectrum, residual, brought, _options.LearningRate, _options.Momentum);
            int end = Math.Min(step + _options.StrideAt(step), _options.Steps + 1);
            while (_losses.Count < end)
            {
                _losses.Add(segment.Loss);
                if (segment.Loss <= _options.Floor * _losses[0])
                    return false;
                segment.Step();
            }

            Move(jacobian, segment);
            return true;
        }

        private void Record(int step, double loss, TangentKernel<double> kernel, KernelSpectrum spectrum)
        {
            if (_points.Count == 0)
            {
                _firstKernel = kernel.Matrix.Span.ToArray();
                _firstNorm = kernel.FrobeniusNorm;
            }

            double edge = _options.LearningRate / spectrum.StableStep(_options.Momentum);
            double change = TensorPrimitives.Distance<double>(kernel.Matrix.Span, _firstKernel) / _firstNorm;
            _points.Add(new PathPoint(step, loss, spectrum.Largest, spectrum.Smallest, edge, change, UnitMovement.Largest(_start, _network)));
        }

        private void Move(NetworkJacobian<double> jacobian, LinearSegment segment)
        {
            double[] change = new double[jacobian.Parameters];
            jacobian.TransposedTimes(segment.Way, change);
            if (_velocity.Length > 0)
            {
                TensorPrimitives.MultiplyAdd(_velocity, segment.BroughtWay, change, change);
                double[] gained = new double[jacobian.Parameters];
                jacobian.TransposedTimes(segment.Velocity, gained);
                TensorPrimitives.MultiplyAdd(_velocity, segment.BroughtShare, gained, _velocity);
            }

            Span<double> parameters = _network.TrainedParameters.Span;
            TensorPrimitives.MultiplyAdd(change, -_options.LearningRate, parameters, parameters);
        }
    }
}
