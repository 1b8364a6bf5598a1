using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Stability;

/// <summary>Tries steps of gradient descent from one start, against what a safe step reaches from there.</summary>
/// <remarks>
/// <para>Steps are multiples of 2/λ_max, λ_max the largest Gauss–Newton eigenvalue at the start (<see cref="LossCurvature"/>).</para>
/// <para>A step is stable if descent with it reaches, in as many steps, the loss that the safe step reaches (or the target of the options, whichever
/// is larger), or is slower than that but never rises (a step smaller than the safe one). So a network that cannot fit well is not called
/// unstable for it, and a bounded loss that only wanders is not called stable.</para>
/// <para>For one caller at a time. Same start, sets and options: the same results to the bit.</para>
/// </remarks>
public sealed class StepTrials
{
    private const double Largest = 64;
    private const double Smallest = 1.0 / 64;
    private const double Slack = 1.01;
    private const double NothingLearnt = 0.95;

    private readonly TwoLayerNetwork<float> _start;
    private readonly TwoLayerNetwork<float> _network;
    private readonly TrainingSet<float> _set;
    private readonly NetworkWorkspace<float> _workspace;
    private readonly StepTrialOptions _options;
    private readonly DescentOptions _descent;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Measures the curvature at the start and trains with the safe step.</summary>
    /// <param name="start">The start; it is not changed.</param>
    /// <param name="set">What descent trains on.</param>
    /// <param name="probe">What the curvature is measured on: the same examples in double, or a sample of them.</param>
    /// <param name="options">Target, limits, precision.</param>
    /// <param name="cancellationToken">Looked at between steps of every run.</param>
    /// <remarks>Cost: a Lanczos search and one run.</remarks>
    public StepTrials(
        TwoLayerNetwork<float> start,
        TrainingSet<float> set,
        TrainingSet<double> probe,
        StepTrialOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(probe);
        _options = options ?? new StepTrialOptions();
        _options.Check();
        _start = start;
        _network = start.Copy();
        _set = set;
        _workspace = new NetworkWorkspace<float>(start.Options, set.Rows);
        _cancellationToken = cancellationToken;

        EigenvalueEstimate largest = LossCurvature.Largest(start.InDouble(), probe, _options.Descent.Loss);
        CurvatureStep = LossCurvature.StableStep(largest);
        _descent = _options.Descent;
        Safe = Run(_options.SafeMultiple);
        double reached = Safe.BestLoss / Safe.StartLoss;
        TargetShare = Math.Clamp(Slack * reached, _options.Descent.TargetShare, NothingLearnt);
        _descent = _options.Descent with { TargetShare = TargetShare };
    }

    /// <summary>2/λ_max at the start: the step that a multiple of 1 stands for.</summary>
    public double CurvatureStep { get; }

    /// <summary>The network as the last run left it; the next run overwrites it.</summary>
    public TwoLayerNetwork<float> Trained => _network;

    /// <summary>The run with the safe step.</summary>
    public DescentResult Safe { get; }

    /// <summary>The share of the loss at the start that a step has to reach to fit.</summary>
    public double TargetShare { get; }

    /// <summary>Whether the safe step learns anything: without that no step can be judged.</summary>
    public bool IsJudgeable => double.IsFinite(CurvatureStep) && Safe.BestLoss <= NothingLearnt * Safe.StartLoss;

    /// <summary>Whether a run was stable.</summary>
    public static bool IsStable(DescentResult run) => run.Outcome is DescentOutcome.Fit or DescentOutcome.Slow;

    /// <summary>Trains from the start with a multiple of <see cref="CurvatureStep"/>.</summary>
    /// <param name="multiple">≥ 0.</param>
    public DescentResult Run(double multiple) => Run(multiple, _descent);

    /// <summary>Trains from the start with a multiple of <see cref="CurvatureStep"/> towards another target.</summary>
    /// <param name="multiple">≥ 0.</param>
    /// <param name="descent">Target and limits.</param>
    /// <param name="onStep">Told the step (from 0) and the loss before it, or null.</param>
    public DescentResult Run(double multiple, DescentOptions descent, Action<int, double>? onStep = null)
    {
        Require.Between(multiple, 0, double.MaxValue);
        _start.Parameters.CopyTo(_network.Parameters);
        return double.IsFinite(CurvatureStep)
            ? Descent.Run(_network, _set, multiple * CurvatureStep, descent, _workspace, onStep, cancellationToken: _cancellationToken)
            : new DescentResult(DescentOutcome.Diverged, 0, double.NaN, double.NaN, double.NaN, double.NaN);
    }

    /// <summary>Finds the end of the unbroken range of stable steps around 1, or below it, by bisection on a logarithmic scale.</summary>
    /// <returns>A bracket within the precision; NaN ends where <see cref="IsJudgeable"/> is false.</returns>
    /// <remarks>Above the range single steps may be stable again: the way to instability is ragged. Cost: about eight runs.</remarks>
    public StableStepResult FindLargest()
    {
        if (!IsJudgeable)
            return new StableStepResult(double.NaN, double.NaN, 0);

        int runs = 1;
        double low = 1;
        double high = 1;
        bool isStable = IsStable(Run(1));
        while (isStable ? high < Largest : low > Smallest)
        {
            if (isStable)
                (low, high) = (high, high * Math.Sqrt(2));
            else
                (low, high) = (low / Math.Sqrt(2), low);
            runs++;
            if (IsStable(Run(isStable ? high : low)) != isStable)
                return Bisect(low, high, runs);
        }

        return isStable ? new StableStepResult(high, double.PositiveInfinity, runs) : new StableStepResult(double.NaN, low, runs);
    }

    private StableStepResult Bisect(double low, double high, int runs)
    {
        while (high / low > _options.Precision)
        {
            double middle = Math.Sqrt(low * high);
            runs++;
            if (IsStable(Run(middle)))
                low = middle;
            else
                high = middle;
        }

        return new StableStepResult(low, high, runs);
    }
}
