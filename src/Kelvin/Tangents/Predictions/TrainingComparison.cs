using System.Numerics.Tensors;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>Holds a real training run against what the kernel at its start predicts, and says where and why they part.</summary>
public sealed class TrainingComparison
{
    private readonly CurveComparison _curves;

    private TrainingComparison(TwoLayerNetwork<double> trained, KernelPrediction prediction, double[] losses, IReadOnlyList<PathPoint> points, double tolerance, double floor)
    {
        Trained = trained;
        Prediction = prediction;
        Losses = losses;
        Points = points;
        _curves = CurveComparison.Of(prediction, losses, tolerance, floor);
        Reason = _curves.Reason(prediction, points, losses);
        Explanation = _curves.Explain(Reason, prediction, points);
    }

    /// <summary>The network as it ended, after as many steps as there are losses; before the step that was not finite, if there was one.</summary>
    public TwoLayerNetwork<double> Trained { get; }

    /// <summary>What the kernel at the start predicts.</summary>
    public KernelPrediction Prediction { get; }

    /// <summary>The real loss ½‖F − Y‖² after k = 0, 1, … steps; it ends early where training diverged or the loss passed the floor.</summary>
    public ReadOnlyMemory<double> Losses { get; }

    /// <summary>The real network's kernels on the way.</summary>
    public IReadOnlyList<PathPoint> Points { get; }

    /// <summary>max |predicted − real|/real until the real loss has fallen below the floor; +∞ where one of them is not finite.</summary>
    public double LargestError => _curves.LargestError;

    /// <summary>The first step at which the prediction is off by more than the tolerance; null if none is.</summary>
    public int? FirstOff => _curves.FirstOff;

    /// <summary>Steps compared.</summary>
    public int Compared => _curves.Compared;

    /// <summary>Why the prediction stops holding.</summary>
    public PredictionEnd Reason { get; }

    /// <summary>The same in a sentence with its numbers.</summary>
    public string Explanation { get; }

    /// <summary>Trains a copy of a network by gradient descent on all examples and compares.</summary>
    /// <param name="network">The network at its start; left as it is.</param>
    /// <param name="set">Examples with targets, or with labels that become one-hot targets.</param>
    /// <param name="options">Step, momentum, steps, and how often the kernel is taken.</param>
    /// <param name="tolerance">Relative error of the loss that still counts as predicted, above 0.</param>
    /// <param name="cancellationToken">Looked at between steps; what was trained until then is compared.</param>
    /// <exception cref="ArgumentException">The set does not fit, an option is out of its range, or the kernel has no room.</exception>
    public static TrainingComparison Run(
        TwoLayerNetwork<double> network,
        TrainingSet<double> set,
        PathOptions options,
        double tolerance = 0.05,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(options);
        Require.Positive(tolerance);
        options.Check();
        return new RealRun(network, set, options, tolerance).Go(cancellationToken);
    }

    /// <summary>One run under way.</summary>
    private sealed class RealRun : ITrainingObserver
    {
        private readonly TwoLayerNetwork<double> _start;
        private readonly TwoLayerNetwork<double> _network;
        private readonly TrainingSet<double> _set;
        private readonly PathOptions _options;
        private readonly double _tolerance;
        private readonly TangentKernelOptions _how;
        private readonly TangentKernel<double> _firstKernel;
        private readonly KernelPrediction _prediction;
        private readonly KernelRoom<double> _room = new();
        private readonly List<double> _losses = [];
        private readonly List<PathPoint> _points = [];

        public RealRun(TwoLayerNetwork<double> network, TrainingSet<double> set, PathOptions options, double tolerance)
        {
            set.CheckFits(network.Options, LossOptions.Theory, nameof(set));
            (_start, _network, _set, _options, _tolerance) = (network, network.Copy(), set, options, tolerance);
            _how = new TangentKernelOptions { Threads = options.Threads };
            _firstKernel = TangentKernel.Compute(network, set.Inputs, _how);
            double[] residual = new NetworkJacobian<double>(network, set.Inputs, options.Threads).Outputs();
            TensorPrimitives.Subtract(residual, OutputMajor.Stack(SquaredTargets.Of(set, network.Options.Outputs)), residual);
            _prediction = new KernelPrediction(_firstKernel.Spectrum(), residual, options.LearningRate, options.Momentum);
        }

        public TrainingComparison Go(CancellationToken cancellationToken)
        {
            var trainer = new Trainer<double>(_network, _set, null, new TrainingOptions
            {
                Loss = LossOptions.Theory,
                Optimiser = new OptimiserOptions
                {
                    Kind = _options.Momentum > 0 ? OptimiserKind.Momentum : OptimiserKind.Sgd,
                    LearningRate = _options.LearningRate,
                    Momentum = _options.Momentum,
                },
                BatchSize = null,
                Epochs = _options.Steps + 1,
                Threads = _options.Threads,
            });
            TrainingStatus status = TrainingStatus.Paused;
            while (status == TrainingStatus.Paused && (_losses.Count == 0 || _losses[^1] >= _options.Floor * _losses[0]))
            {
                if (!Record())
                    break;
                status = trainer.Run(this, _options.StrideAt(_losses.Count), cancellationToken).Status;
            }

            return new TrainingComparison(_network, _prediction, [.. _losses], _points, _tolerance, _options.Floor);
        }

        /// <inheritdoc/>
        public void OnStep(in TrainingStep taken) => _losses.Add(taken.Loss * _set.Rows);

        /// <inheritdoc/>
        public void OnValidation(in ValidationResult result)
        {
        }

        /// <summary>Takes the kernel at the present weights; false where it is not finite.</summary>
        private bool Record()
        {
            if (Magnitude.NonFiniteCount<double>(_network.Parameters.Span) > 0)
                return false;

            TangentKernel<double> kernel = TangentKernel.Compute(_network, _set.Inputs, _room, _how);
            if (!kernel.IsFinite)
                return false;

            KernelSpectrum spectrum = kernel.Spectrum();
            double change = TensorPrimitives.Distance<double>(kernel.Matrix.Span, _firstKernel.Matrix.Span) / _firstKernel.FrobeniusNorm;
            double edge = _options.LearningRate / spectrum.StableStep(_options.Momentum);
            _points.Add(new PathPoint(
                _losses.Count, _losses.Count == 0 ? _prediction.Loss(0) : _losses[^1], spectrum.Largest, spectrum.Smallest, edge, change,
                UnitMovement.Largest(_start, _network)));
            return true;
        }
    }
}
