namespace Kelvin.Monitoring;

/// <summary>Finds a step that is too large, from the first steps on: by what it promises, by what it does to the loss, or by how far it moves the weights.</summary>
/// <remarks>
/// <para><b>overshoot</b>: the promised decrease ‖g‖‖Δw‖/L proves the step unstable (<see cref="OvershootRule"/>). Fires at the step itself.</para>
/// <para><b>rise</b>: within 100 steps of the start, ln loss &gt; mean of the first five + max(ln 3, 5σ̂), σ̂ from 0.25 to 0.8; ln 8 while
/// fewer than three losses are known.</para>
/// <para><b>climb</b>, <b>swing</b>: the loss rises again and again, or swings ever wider (<see cref="ClimbRule"/>).</para>
/// <para><b>update</b>: ‖Δw‖/‖w‖ &gt; 0.1 for 5 steps, or &gt; 0.5 once and the loss then rose by a quarter, while the loss is no lower than at the start.</para>
/// <para>A firing is held for 20 losses. False alarms: docs/monitoring.md. Cost: one logarithm a loss.</para>
/// <para>Source: the descent lemma; the tangent kernel's stable step 2/λ_max.</para>
/// </remarks>
public sealed class LearningRateDetector : IDetector
{
    private const double Floor = 1e-12;
    private const int StartLength = 5;
    private const int EarlyLength = 100;
    private const double RiseNoise = 5;
    private const double LargeUpdate = 0.1;
    private const double HugeUpdate = 0.5;
    private const int UpdatePatience = 5;
    private static readonly double UnknownRise = Math.Log(8);
    private static readonly double StartRise = Math.Log(3);
    private static readonly double Rise = Math.Log(1.25);
    private static readonly double MuchLower = Math.Log(0.1);

    private OvershootRule _overshoot = new();
    private ClimbRule _climb = new();
    private HeldFinding _held = new(20);
    private readonly LogNoise _noise = new();
    private double _floor = double.NaN;
    private double _start;
    private double _loss = double.NaN;
    private double _updateBefore;
    private long _updateStep;
    private long _updateSince;
    private int _large;
    private long _count;

    /// <summary>Declares it.</summary>
    public static DetectorKind Kind { get; } = new(
        Causes.LearningRateTooHigh, Causes.LearningRateTooHigh, DetectorScope.Run, [Vitals.TrainLoss],
        [Vitals.PromisedDecrease, Vitals.UpdateRatio], WarmUp: 0, IsHard: false,
        "the descent lemma and the stable step 2/λ_max; cf. WeightUpdateRatio", () => new LearningRateDetector());

    /// <inheritdoc/>
    public Finding Observe(in Point point)
    {
        if (!double.IsFinite(point.Value))
            return Finding.Unknown;

        bool isLoss = point.Series.Name == Vitals.TrainLoss;
        Finding now = point.Series.Name switch
        {
            Vitals.PromisedDecrease => _overshoot.ObservePromise(point.Step, IsAboveRounding ? point.Value : 0, _loss > _start + MuchLower, _count <= StartLength),
            Vitals.UpdateRatio => ObserveUpdate(point.Step, point.Value),
            _ => ObserveLoss(point.Step, point.Value),
        };
        return _held.Take(now, isLoss);
    }

    /// <inheritdoc/>
    public string Describe(in Finding finding) => finding.Rule switch
    {
        "overshoot" => FormattableString.Invariant(
            $"one step promises to take away {finding.Value:G3} times the whole loss, and more than {finding.Threshold:G3} proves that it overshoots"),
        "rise" => FormattableString.Invariant(
            $"the loss rose to {finding.Value:G4} from {finding.Reference:G4} at the start"),
        "climb" => FormattableString.Invariant(
            $"the loss rose step after step from {finding.Reference:G4} to {finding.Value:G4}"),
        "swing" => FormattableString.Invariant(
            $"the loss swings by a factor of {Math.Exp(finding.Value):G3} from step to step, and ever wider"),
        _ => FormattableString.Invariant(
            $"an update moves the weights by {finding.Value:G3} of their norm, and the loss is no lower than at the start"),
    };

    /// <inheritdoc/>
    public void Exchange(StateExchange state)
    {
        _overshoot.Exchange(state);
        _climb.Exchange(state);
        _held.Exchange(state);
        _noise.Exchange("noise", state);
        state.Field("floor", ref _floor);
        state.Field("start", ref _start);
        state.Field("loss", ref _loss);
        state.Field("updateBefore", ref _updateBefore);
        state.Field("updateStep", ref _updateStep);
        state.Field("updateSince", ref _updateSince);
        state.Field("large", ref _large, 0, UpdatePatience);
        state.Field("count", ref _count);
    }

    private Finding ObserveLoss(long step, double loss)
    {
        if (double.IsNaN(_floor))
            _floor = Math.Max(Floor * Math.Abs(loss), double.Epsilon);
        double x = Math.Log(Math.Max(loss, _floor));
        double noise = _noise.StepAtMost;
        Finding rise = StartedRise(step, x, noise);
        Finding climb = _climb.Observe(step, x, Math.Max(noise, _noise.Wander));
        Finding overshoot = _overshoot.ObserveLoss(x, noise, _loss > _start + MuchLower);
        Finding jolt = x - _loss > Rise && _updateBefore > HugeUpdate && IsNoLower(x)
            ? Update(_updateStep, _updateBefore, HugeUpdate, 1)
            : Finding.Quiet;
        Learn(x);
        return Worst(Worst(rise, climb), Worst(overshoot, jolt));
    }

    private Finding StartedRise(long step, double x, double noise)
    {
        double needed = _count < 3 ? UnknownRise : Math.Max(StartRise, RiseNoise * Math.Clamp(noise, 0.25, 0.8));
        return _count > 0 && _count < EarlyLength && x - _start > needed
            ? new(FindingKind.Firing, "rise", Severity.Warning, Math.Exp(x), Math.Exp(_start + needed), Math.Exp(_start), step, (x - _start) / needed)
            : Finding.Quiet;
    }

    private Finding ObserveUpdate(long step, double ratio)
    {
        _updateBefore = ratio;
        _updateStep = step;
        if (!(ratio > LargeUpdate))
        {
            _large = 0;
            return Finding.Quiet;
        }

        if (_large == 0)
            _updateSince = step;
        _large = Math.Min(_large + 1, UpdatePatience);
        return _large >= UpdatePatience && IsNoLower(_loss)
            ? Update(_updateSince, ratio, LargeUpdate, ratio / LargeUpdate)
            : new(FindingKind.Pending, "update", Score: (double)_large / UpdatePatience);
    }

    private void Learn(double x)
    {
        _count++;
        if (_count <= StartLength)
            _start += (x - _start) / _count;
        _noise.Add(x);
        _loss = x;
        _updateBefore = 0;
    }

    /// <summary>A loss of 10⁻¹² of the first is fitted; its gradient is rounding.</summary>
    private bool IsAboveRounding => _count == 0 || _loss > Math.Log(_floor);

    private bool IsNoLower(double x) => _count > 0 && x > _start - Rise;

    private static Finding Update(long since, double ratio, double threshold, double score) =>
        new(FindingKind.Firing, "update", Severity.Warning, ratio, threshold, SinceStep: since, Score: score);

    private static Finding Worst(in Finding a, in Finding b) =>
        b.Kind > a.Kind || (b.Kind == a.Kind && b.Score > a.Score) ? b : a;
}
