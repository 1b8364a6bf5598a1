namespace Kelvin.Stability;

/// <summary>Follows the losses of a run and says when it has settled.</summary>
internal sealed class DescentCourse(DescentOptions options)
{
    private const int Windows = 6;
    private const double Haste = 4;

    private readonly int _window = Math.Max(1, options.MaxSteps / Windows);
    private double _startLoss;
    private double _startGradient;
    private double _lastLoss;
    private double _best = double.PositiveInfinity;
    private double _bestBefore = double.PositiveInfinity;
    private double _largest;
    private bool _hasRisen;
    private int _steps;

    /// <summary>Takes in the loss and the gradient before a step; not null once the end is clear.</summary>
    public DescentOutcome? Observe(int step, double loss, double gradient)
    {
        if (step == 0)
            (_startLoss, _startGradient, _lastLoss) = (loss, gradient, loss);
        _steps = step;
        bool rises = loss > _lastLoss * (1 + 1e-5);
        _lastLoss = loss;
        if (!double.IsFinite(loss) || !double.IsFinite(gradient) || loss > options.DivergenceFactor * _startLoss)
            return DescentOutcome.Diverged;

        _best = Math.Min(_best, loss);
        _largest = Math.Max(_largest, loss);
        _hasRisen |= rises;
        if (loss <= Target)
            return DescentOutcome.Fit;
        if (gradient <= options.VanishedShare * _startGradient)
            return DescentOutcome.Stuck;
        if (step >= options.MaxSteps)
            return Unfinished;
        return step > 0 && step % _window == 0 ? AtEndOfWindow(step) : null;
    }

    public DescentResult Result(DescentOutcome outcome) => new(outcome, _steps, _startLoss, _lastLoss, _best, _largest);

    private double Target => options.TargetShare * _startLoss;

    private DescentOutcome Unfinished => _hasRisen ? DescentOutcome.NotFitting : DescentOutcome.Slow;

    /// <summary>Gives up, in the second half, where the target is out of reach; then a new window begins.</summary>
    private DescentOutcome? AtEndOfWindow(int step)
    {
        double fallen = Math.Log(_bestBefore / _best) / _window;
        bool isHopeless = options.GivesUp && 2 * step >= options.MaxSteps && Math.Log(_best / Target) > Haste * fallen * (options.MaxSteps - step);
        if (isHopeless)
            return Unfinished;

        (_bestBefore, _hasRisen) = (_best, false);
        return null;
    }
}
