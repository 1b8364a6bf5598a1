using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Kelvin.Softmax;

namespace Kelvin.Networks;

/// <summary>Trains a two-layer network in mini-batches: seeded, watched, resumable.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// <para>Same network, data and options: same weights to the bit, on any number of threads, and whether or not the run was stopped, saved and
/// resumed on the way.</para>
/// <para>Nothing is allocated by a step once warm. For one caller at a time.</para>
/// </remarks>
public sealed class Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TrainingSet<T>? _validation;
    private readonly MiniBatches<T> _batches;
    private readonly NetworkWorkspace<T> _workspace;
    private readonly DeadUnits<T> _deadUnits;
    private readonly long _totalSteps;
    private readonly EarlyStopping<T> _stopping;
    private readonly Optimiser<T> _optimiser;
    private long _step;
    private double _lastLoss = double.NaN;
    private TrainingStatus? _ended;
    private long? _nonFiniteStep;

    /// <summary>Makes ready to train <paramref name="network"/> in place.</summary>
    /// <param name="network">What is trained; its present weights are the start.</param>
    /// <param name="train">What it learns from.</param>
    /// <param name="validation">What chooses the best weights and stops early, or null.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">The sets do not fit the network or the loss, or an option is out of its range.</exception>
    public Trainer(TwoLayerNetwork<T> network, TrainingSet<T> train, TrainingSet<T>? validation, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        train.CheckFits(network.Options, options.Loss, nameof(train));
        validation?.CheckFits(network.Options, options.Loss, nameof(validation));
        Require.That(
            options.Patience is null || validation is not null, "Patience needs a validation set; give one or set Patience to null.", nameof(options));

        Network = network;
        Train = train;
        Options = options;
        _validation = validation;
        _batches = new MiniBatches<T>(train, options.BatchSize, options.Seed);
        _workspace = new NetworkWorkspace<T>(network.Options, _batches.Size);
        _deadUnits = new DeadUnits<T>(network.Options.Activation, network.Options.Hidden);
        _totalSteps = Math.Min((long)options.Epochs * _batches.StepsPerEpoch, options.MaxSteps ?? long.MaxValue);
        _optimiser = Optimiser.Create(options.Optimiser, network);
        _stopping = new EarlyStopping<T>(options.SelectBy, options.Patience, validation is null ? 0 : network.TrainedCount);
    }

    /// <summary>The network in training.</summary>
    public TwoLayerNetwork<T> Network { get; }

    /// <summary>The examples it learns from.</summary>
    public TrainingSet<T> Train { get; }

    /// <summary>How it is trained.</summary>
    public TrainingOptions Options { get; }

    /// <summary>Steps taken so far.</summary>
    public long Step => _step;

    /// <summary>Steps of the whole run, unless it stops early.</summary>
    public long TotalSteps => _totalSteps;

    /// <summary>Steps in one pass through the data.</summary>
    public int StepsPerEpoch => _batches.StepsPerEpoch;

    /// <summary>Trains until the run ends, or until <paramref name="maxSteps"/> more steps are done or the caller cancels.</summary>
    /// <param name="observer">Told about every step and validation, or null.</param>
    /// <param name="maxSteps">At most so many steps in this call, ≥ 1.</param>
    /// <param name="cancellationToken">Looked at between steps.</param>
    /// <remarks>Values never throw: a run that becomes non-finite ends with <see cref="TrainingStatus.Diverged"/>. What the observer throws comes through.</remarks>
    public TrainingResult Run(
        ITrainingObserver? observer = null, long maxSteps = long.MaxValue, CancellationToken cancellationToken = default)
    {
        Require.That(maxSteps >= 1, $"maxSteps is {maxSteps}, but must be at least 1.", nameof(maxSteps));
        long pauseAt = maxSteps > long.MaxValue - _step ? long.MaxValue : _step + maxSteps;
        while (_ended is null)
        {
            if (cancellationToken.IsCancellationRequested)
                return Result(TrainingStatus.Cancelled);
            if (_step >= pauseAt)
                return Result(TrainingStatus.Paused);

            TakeStep(observer);
            if (_ended is null)
                Validate(observer);
            if (_ended is not null)
                RestoreBest();
        }

        return Result(_ended.Value);
    }

    /// <summary>Writes all that the run needs to go on from here as if it had never stopped.</summary>
    /// <param name="destination">Where to; a file should be written aside and then renamed, so that a full disk leaves the old one whole.</param>
    /// <remarks>Holds options, step, parameters, the optimiser's moments, the best weights and a fingerprint of the data, and ends with a checksum.</remarks>
    public void Save(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        Checkpoint.Write<T, CheckpointHeader>(destination, Header(), CheckpointJson.Default.CheckpointHeader, [.. Arrays().Select(array => (ReadOnlyMemory<T>)array)]);
    }

    /// <summary>Puts the run where it was when it was saved; from there it goes on to the same bits as a run that never stopped.</summary>
    /// <param name="source">Read from its position to its end.</param>
    /// <param name="name">What to call it in an error: the path, say.</param>
    /// <exception cref="CheckpointException">
    /// It is cut off, damaged, foreign or newer, or it belongs to a run with other options (threads aside) or data. The run is then as it was before.
    /// </exception>
    public void Restore(Stream source, string name)
    {
        (CheckpointHeader there, ReadOnlyMemory<byte> numbers) =
            Checkpoint.Read<T, CheckpointHeader>(source, name, CheckpointJson.Default.CheckpointHeader);
        CheckpointHeader here = Header();
        if (Checkpoint.Difference(there, here) is { } difference)
            throw new CheckpointException(name, $"belongs to another run: {difference}.", "Resume with the settings of that run, or start a new one.");
        if (there.Data != here.Data)
            throw new CheckpointException(name, "belongs to a run on other data or another split of it.", "Resume with that data, or start a new run.");
        if (!there.Lengths.AsSpan().SequenceEqual(here.Lengths) || there.State.Step < 0 || there.State.Step > TotalSteps)
            throw CheckpointFrame.Damaged(name);

        ReadOnlySpan<T> rest = MemoryMarshal.Cast<byte, T>(numbers.Span);
        foreach (Memory<T> array in Arrays())
        {
            rest[..array.Length].CopyTo(array.Span);
            rest = rest[array.Length..];
        }

        (_step, _lastLoss, _ended, _nonFiniteStep) = (there.State.Step, there.State.LastLoss, there.State.Ended, there.State.NonFiniteStep);
        _stopping.Restore(there.State.Best, there.State.Misses);
    }

    private Memory<T>[] Arrays() =>
        [Network.Parameters, .. _optimiser.State.Select(array => array.AsMemory()), _stopping.BestParameters];

    private CheckpointHeader Header() => new()
    {
        Element = Checkpoint.ElementName<T>(),
        Network = Network.Options,
        Training = Options with { Threads = 1 },
        Data = DataFingerprint.Of(Train, _validation),
        State = new TrainerState
        {
            Step = _step,
            LastLoss = _lastLoss,
            Ended = _ended,
            NonFiniteStep = _nonFiniteStep,
            Best = _stopping.Best,
            Misses = _stopping.Misses,
        },
        Lengths = [.. Arrays().Select(array => array.Length)],
    };

    private void TakeStep(ITrainingObserver? observer)
    {
        _batches.Load(_step);
        double loss = Train.HasLabels
            ? Network.LossAndGradient(_batches.Inputs, _batches.Labels, Options.Loss, _workspace, Options.Threads)
            : Network.LossAndGradient(_batches.Inputs, _batches.Targets, Options.Loss, _workspace, Options.Threads);
        _lastLoss = Options.Loss.Reduction == LossReduction.Sum ? loss / _workspace.Rows : loss;

        Span<T> gradient = _workspace.Gradient;
        Span<T> parameters = Network.TrainedParameters.Span;
        double gradientNorm = Magnitude.Norm<T>(gradient);
        double weightNorm = Magnitude.Norm<T>(parameters);
        long nonFinite = double.IsFinite(gradientNorm) ? 0 : Magnitude.NonFiniteCount<T>(gradient);
        bool isFinite = nonFinite == 0 && double.IsFinite(loss);
        if (!isFinite)
            _nonFiniteStep ??= _step + 1;

        double rate = Options.Schedule.At(Options.Optimiser.LearningRate, _step, _totalSteps);
        double updateNorm = double.NaN;
        if (isFinite || !Options.StopOnNonFinite)
        {
            Clip(gradient, gradientNorm);
            _optimiser.ToUpdate(parameters, gradient, rate, _step + 1);
            updateNorm = Magnitude.Norm<T>(gradient);
            TensorPrimitives.Add(parameters, gradient, parameters);
        }

        observer?.OnStep(Report(rate, gradientNorm, updateNorm / weightNorm, weightNorm, nonFinite));
        if (!isFinite && Options.StopOnNonFinite)
            _ended = TrainingStatus.Diverged;
        else
            _step++;
    }

    private void Clip(Span<T> gradient, double norm)
    {
        if (Options.ClipNorm is { } limit && norm > limit)
            TensorPrimitives.Multiply(gradient, T.CreateTruncating(limit / norm), gradient);
    }

    private TrainingStep Report(double rate, double gradientNorm, double updateRatio, double weightNorm, long nonFinite)
    {
        if (Options.Loss.Kind == LossKind.CrossEntropy)
            SoftmaxRows.Statistics<T>(_workspace.Outputs, T.One, _workspace.OutputStatisticsMemory, default, Options.Threads);

        return new TrainingStep
        {
            Step = _step + 1,
            Epoch = (int)(_step / StepsPerEpoch),
            Loss = _lastLoss,
            LearningRate = rate,
            GradientNorm = gradientNorm,
            UpdateRatio = updateRatio,
            WeightNorm = weightNorm,
            DeadShare = _deadUnits.Share(_workspace.Hidden),
            NonFinite = nonFinite,
            Hidden = SoftmaxSummary.Of(_workspace.HiddenStatistics),
            Output = SoftmaxSummary.Of(Options.Loss.Kind == LossKind.CrossEntropy ? _workspace.OutputStatisticsMemory.Span : default),
        };
    }

    private void Validate(ITrainingObserver? observer)
    {
        bool isLast = _step == _totalSteps;
        if (_validation is not null && (isLast || _step % (Options.ValidateEverySteps ?? StepsPerEpoch) == 0))
        {
            Evaluation measured = NetworkEvaluation.Measure(Network, _validation, Options.Loss.Kind, _workspace, Options.Threads);
            var result = new ValidationResult
            {
                Step = _step,
                Epoch = (int)((_step - 1) / StepsPerEpoch),
                Loss = measured.Loss,
                Accuracy = measured.Accuracy,
                IsBest = false,
            };
            bool isBest = _stopping.Observe(result, Network.TrainedParameters.Span);
            observer?.OnValidation(result with { IsBest = isBest });
        }

        if (isLast)
            _ended = TrainingStatus.Completed;
        else if (_stopping.IsExhausted)
            _ended = TrainingStatus.EarlyStopped;
    }

    private void RestoreBest()
    {
        if (Options.RestoreBest && _stopping.Best is not null)
            _stopping.BestParameters.Span.CopyTo(Network.TrainedParameters.Span);
    }

    private TrainingResult Result(TrainingStatus status) => new()
    {
        Status = status,
        Steps = _step,
        Epochs = (int)(_step / StepsPerEpoch),
        LastLoss = _lastLoss,
        Best = _stopping.Best,
        NonFiniteStep = _nonFiniteStep,
    };
}
