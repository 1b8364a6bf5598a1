using System.Numerics;
using System.Runtime.InteropServices;
using Kelvin.Networks;
using Kelvin.Softmax;
using Kelvin.Transformers.Models;

namespace Kelvin.Transformers.Training;

/// <summary>Trains a transformer on sequences of tokens: seeded, watched, resumable, with remedies that can be switched while it runs.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// <para>Same model, data and options: same weights to the bit, on any number of threads, and whether or not the run was stopped, saved and resumed
/// on the way.</para>
/// <para>Nothing is allocated by a step once warm. For one caller at a time.</para>
/// </remarks>
public sealed class TransformerTrainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TokenSet? _validation;
    private readonly TokenBatches[] _batches;
    private readonly TransformerWorkspace<T> _workspace;
    private readonly Optimiser<T> _optimiser;
    private readonly WeightStep<T> _weightStep;
    private readonly WeightAverage<T>? _average;
    private readonly SoftmaxStatistics[] _statistics;
    private readonly double[] _losses;
    private readonly HeadVitals[] _heads;
    private Remedies _remedies;
    private long _step;
    private double _lastLoss = double.NaN;
    private TrainingStatus? _ended;
    private long? _nonFiniteStep;
    private ValidationResult? _best;

    /// <summary>Makes ready to train <paramref name="model"/> in place.</summary>
    /// <param name="model">What is trained; its present weights are the start.</param>
    /// <param name="train">What it learns from.</param>
    /// <param name="validation">What is measured now and then, or null.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">The sets do not fit the model, or an option is out of its range.</exception>
    public TransformerTrainer(TransformerModel<T> model, TokenSet train, TokenSet? validation, TransformerTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        TokenEvaluation.CheckFits(model.Config, train, nameof(train));
        if (validation is not null)
            TokenEvaluation.CheckFits(model.Config, validation, nameof(validation));

        Model = model;
        Train = train;
        Options = options;
        _validation = validation;
        _remedies = options.Remedies;
        int tokens = checked(options.Sequences * train.Length);
        _batches = [.. Enumerable.Range(0, options.Accumulation).Select(_ => new TokenBatches(train, options.Sequences, options.Seed, options.KeepsOrder))];
        _workspace = new TransformerWorkspace<T>(model.Config, tokens);
        _optimiser = Optimiser.Create<T>(options.Optimiser, model.Layout.Total, model.Layout.Decayed);
        _weightStep = new WeightStep<T>(_workspace.GradientMemory, model.Parameters, _optimiser);
        _average = options.AveragedSteps is { } averaged ? new WeightAverage<T>(model.Layout.Total, options.Steps - averaged + 1) : null;
        _statistics = new SoftmaxStatistics[checked(tokens * options.Accumulation)];
        _losses = new double[_statistics.Length];
        _heads = new HeadVitals[model.Config.Layers * model.Config.Heads];
    }

    /// <summary>The model in training.</summary>
    public TransformerModel<T> Model { get; }

    /// <summary>The sequences it learns from.</summary>
    public TokenSet Train { get; }

    /// <summary>How it is trained.</summary>
    public TransformerTrainingOptions Options { get; }

    /// <summary>What keeps the softmaxes healthy from the next step on; may be changed between steps, and is saved with the run.</summary>
    /// <exception cref="ArgumentException">A remedy is out of its range.</exception>
    public Remedies Remedies
    {
        get => _remedies;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Check();
            _remedies = value;
        }
    }

    /// <summary>Steps taken so far.</summary>
    public long Step => _step;

    /// <summary>Steps in one pass through the data.</summary>
    public int StepsPerEpoch => Math.Max(1, _batches[0].StepsPerEpoch / Options.Accumulation);

    /// <summary>Trains until the run ends, or until <paramref name="maxSteps"/> more steps are done or the caller cancels.</summary>
    /// <param name="observer">Told about every step and validation, or null.</param>
    /// <param name="maxSteps">At most so many steps in this call, ≥ 1.</param>
    /// <param name="cancellationToken">Looked at between steps.</param>
    /// <remarks>Values never throw: a run that becomes non-finite ends with <see cref="TrainingStatus.Diverged"/>. What the observer throws comes through.</remarks>
    public TrainingResult Run(
        ITransformerObserver? observer = null, long maxSteps = long.MaxValue, CancellationToken cancellationToken = default)
    {
        Require.That(maxSteps >= 1, $"maxSteps is {maxSteps}, but must be at least 1.", nameof(maxSteps));
        long pauseAt = maxSteps > long.MaxValue - _step ? long.MaxValue : _step + maxSteps;
        while (_ended is null)
        {
            if (cancellationToken.IsCancellationRequested)
                return Result(TrainingStatus.Cancelled);
            if (_step == pauseAt)
                return Result(TrainingStatus.Paused);

            TakeStep(observer);
            if (_ended is null)
                Validate(observer);
        }

        return Result(_ended.Value);
    }

    /// <summary>Writes all that the run needs to go on from here as if it had never stopped.</summary>
    /// <param name="destination">Where to; a file should be written aside and then renamed, so that a full disk leaves the old one whole.</param>
    public void Save(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        TransformerCheckpoints.Write(destination, Header(), Arrays());
    }

    /// <summary>Puts the run where it was when it was saved; from there it goes on to the same bits as a run that never stopped.</summary>
    /// <param name="source">Read from its position to its end.</param>
    /// <param name="name">What to call it in an error: the path, say.</param>
    /// <exception cref="CheckpointException">
    /// It is cut off, damaged, foreign or newer, or it belongs to a run with other options (threads aside) or data. The run is then as it was before.
    /// </exception>
    public void Restore(Stream source, string name)
    {
        (TransformerTrainerState there, ReadOnlyMemory<byte> numbers) = TransformerCheckpoints.Read<T>(source, name, Header());
        ReadOnlySpan<T> rest = MemoryMarshal.Cast<byte, T>(numbers.Span);
        foreach (Memory<T> array in Arrays())
        {
            rest[..array.Length].CopyTo(array.Span);
            rest = rest[array.Length..];
        }

        (_step, _lastLoss, _ended, _nonFiniteStep, _best, _remedies) =
            (there.Step, there.LastLoss, there.Ended, there.NonFiniteStep, there.Best, there.Remedies);
    }

    private Memory<T>[] Arrays() => [Model.Parameters, .. _optimiser.State.Select(array => array.AsMemory()), .. _average is null ? [] : new Memory<T>[] { _average.Mean }];

    private TransformerCheckpointHeader Header() => new()
    {
        Element = Checkpoint.ElementName<T>(),
        Model = Model.Config,
        Training = Options with { Threads = 1 },
        Data = TransformerCheckpoints.Fingerprint(Train, _validation),
        State = new TransformerTrainerState
        {
            Step = _step,
            LastLoss = _lastLoss,
            Ended = _ended,
            NonFiniteStep = _nonFiniteStep,
            Best = _best,
            Remedies = _remedies,
        },
        Lengths = [.. Arrays().Select(array => array.Length)],
    };

    private void TakeStep(ITransformerObserver? observer)
    {
        PassResult passed = Pass(out int scored);
        _lastLoss = passed.CrossEntropy;
        (double gradientNorm, double weightNorm) = _weightStep.Norms(Options.Threads);
        long nonFinite = double.IsFinite(gradientNorm) ? 0 : Magnitude.NonFiniteCount<T>(_workspace.Gradient);
        bool isFinite = nonFinite == 0 && double.IsFinite(passed.Loss);
        if (!isFinite)
            _nonFiniteStep ??= _step + 1;

        double rate = Options.Schedule.At(Options.Optimiser.LearningRate, _step, Options.Steps);
        double updateNorm = double.NaN;
        int clipped = 0;
        if (isFinite || !Options.StopOnNonFinite)
        {
            double scale = _remedies.ClipNorm is { } limit && gradientNorm > limit ? limit / gradientNorm : 1;
            updateNorm = _weightStep.Take(scale, rate, _step + 1, Options.Threads);
            if (_remedies is { QueryKeyClip: { } ceiling, NormalisesQueriesAndKeys: false })
                clipped = QueryKeyClip.Apply(Model, _heads, ceiling);
        }

        int epoch = (int)(_step / StepsPerEpoch);
        if (!isFinite && Options.StopOnNonFinite)
            _ended = TrainingStatus.Diverged;
        else
            Advance();
        observer?.OnStep(new TransformerStep
        {
            Step = _ended is null ? _step : _step + 1,
            Epoch = epoch,
            Tokens = scored,
            Loss = passed.CrossEntropy,
            ZPenalty = passed.ZPenalty,
            LearningRate = rate,
            GradientNorm = gradientNorm,
            UpdateRatio = updateNorm / weightNorm,
            WeightNorm = weightNorm,
            NonFinite = nonFinite,
            ClippedHeads = clipped,
            Output = passed.Output,
            Heads = _heads,
        });
    }

    /// <summary>Counts the step; after the last one the mean of the weights, where one is wanted, takes their place.</summary>
    private void Advance()
    {
        _step++;
        if (_average is null)
            return;
        _average.Add(Model.Parameters.Span, _step);
        if (_step == Options.Steps)
            _average.Mean.CopyTo(Model.Parameters);
    }

    /// <summary>Loss, vitals and gradient over all batches of the step.</summary>
    private PassResult Pass(out int scored)
    {
        scored = 0;
        for (int i = 0; i < _batches.Length; i++)
        {
            _batches[i].Load((_step * _batches.Length) + i);
            scored += _batches[i].Scored;
        }

        _workspace.Gradient.Clear();
        _workspace.ResetVitals();
        int done = 0;
        foreach (TokenBatches batch in _batches)
        {
            PassSettings<T> pass = Model.Settings(batch.Starts, Train.Length, _workspace, _remedies, Options.Threads);
            done += TransformerPass.Accumulate(
                pass, Model.Weights, batch.Tokens, batch.Labels.Span, 1.0 / scored, _workspace, _statistics.AsMemory(done), _losses.AsMemory(done));
        }

        for (int head = 0; head < _heads.Length; head++)
            _heads[head] = _workspace.HeadSums[head].Mean();
        return PassResult.Of(_statistics.AsSpan(0, done), _losses.AsSpan(0, done), _remedies.ZLoss);
    }

    private void Validate(ITransformerObserver? observer)
    {
        bool isLast = _step == Options.Steps;
        if (_validation is not null && (isLast || (Options.ValidateEverySteps is { } every && _step % every == 0)))
        {
            Evaluation measured = TokenEvaluation.Measure(Model, _validation, _workspace, _remedies, Options.Threads);
            var result = new ValidationResult
            {
                Step = _step,
                Epoch = (int)((_step - 1) / StepsPerEpoch),
                Loss = measured.Loss,
                Accuracy = measured.Accuracy,
                IsBest = _best is not { } best || measured.Loss < best.Loss,
            };
            if (result.IsBest)
                _best = result;
            observer?.OnValidation(result);
        }

        if (isLast)
            _ended = TrainingStatus.Completed;
    }

    private TrainingResult Result(TrainingStatus status) => new()
    {
        Status = status,
        Steps = _step,
        Epochs = (int)(_step / StepsPerEpoch),
        LastLoss = _lastLoss,
        Best = _best,
        NonFiniteStep = _nonFiniteStep,
    };
}
