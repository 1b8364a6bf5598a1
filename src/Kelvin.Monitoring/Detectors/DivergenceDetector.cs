namespace Kelvin.Monitoring;

/// <summary>Finds a training loss that has risen far above its best.</summary>
/// <remarks>
/// <para>With x = ln max(loss, 10⁻⁸·|first loss|), its least value x*, its mean over the first five x₀, and the most that the noise σ̂ of x from step to step may be
/// (<see cref="LogNoise"/>) before this point:</para>
/// <para><b>jump</b>, at once: x − x* &gt; ln 10, and noise does not explain it: σ̂ ≤ 0.1; or x − x* &gt; 8σ̂ and x &gt; x₀ + ln ¼; or
/// x &gt; x₀ + max(1.5, 5σ̂), σ̂ from 0.25 to 0.8 and not counted among the first five.</para>
/// <para><b>level</b>: the median of the last five x is above the least such median by ln 10 and 6σ̂.</para>
/// <para><b>drift</b>, for 20 points, after 100: fast mean − least slow mean &gt; ln 1.5 and 6 times the wander, with weights 0.2 and 0.01, and the rise is more
/// than 10 % of the first loss.</para>
/// <para>So a smooth loss, or one that is not far below its start, never passes ten times its best unseen; a noisy one that is does so for two points. One
/// bad batch of a fitted network is no divergence. False alarms: docs/monitoring.md.</para>
/// <para>Cost: one logarithm and two exponentials a point. Source: the usual ten-fold rule, with the noise from second differences.</para>
/// </remarks>
/// <param name="ratio">How many times its best the loss may be; 10 is beyond any schedule's doing.</param>
/// <param name="patience">How many points in a row the drift must last.</param>
public sealed class DivergenceDetector(double ratio = 10, int patience = 20) : IDetector
{
    private const double Floor = 1e-8;
    private const int StartLength = 5;
    private const double Smooth = 0.1;
    private const double JumpNoise = 8;
    private const double LevelNoise = 6;
    private const double AboveStart = 1.5;
    private const double FastWeight = 0.2;
    private const double SlowWeight = 0.01;
    private const double DriftNoise = 6;
    private const double DriftShare = 0.1;
    private const int DriftWarmUp = 100;

    private static readonly double Drift = Math.Log(1.5);
    private static readonly double NotFarBelow = Math.Log(0.25);

    private readonly double _jump = Math.Log(ratio);
    private readonly LogNoise _noise = new();
    private readonly MedianOfFive _median = new();
    private double _floor = double.NaN;
    private double _start;
    private double _best;
    private double _level = double.NaN;
    private double _bestLevel = double.PositiveInfinity;
    private double _fast;
    private double _slow;
    private double _bestSlow;
    private long _count;
    private int _drifting;
    private long _driftSince;
    private long _since;
    private bool _isFiring;

    /// <summary>Declares it.</summary>
    public static DetectorKind Kind { get; } = new(
        Causes.Divergence, Causes.Divergence, DetectorScope.Run, [Vitals.TrainLoss], [], WarmUp: 100, IsHard: true,
        "ten times the best loss; fast and slow means", () => new DivergenceDetector());

    /// <inheritdoc/>
    public Finding Observe(in Point point)
    {
        if (!double.IsFinite(point.Value))
            return Finding.Unknown;
        if (_count == 0)
            _floor = Math.Max(Floor * Math.Abs(point.Value), double.Epsilon);

        double x = Math.Log(Math.Max(point.Value, _floor));
        double noise = _noise.StepAtMost;
        double wander = _noise.Wander;
        bool isJump = IsJump(x, noise);
        Learn(x);
        bool isLevel = _level - _bestLevel > Math.Max(_jump, LevelNoise * noise);
        bool isDrift = IsDrift(wander, point.Step);
        if (isJump)
            return Firing(point.Step, "jump", point.Value, ratio * Math.Exp(_best), Math.Exp(_best), (x - _best) / _jump);
        if (isLevel)
            return Firing(point.Step, "level", Math.Exp(_level), ratio * Math.Exp(_bestLevel), Math.Exp(_bestLevel), (_level - _bestLevel) / _jump);
        if (isDrift)
            return Firing(_driftSince, "drift", Math.Exp(_fast), Math.Exp(_bestSlow + Drift), Math.Exp(_bestSlow), 1);

        _isFiring = false;
        return _drifting > 0 ? new(FindingKind.Pending, "drift", Score: (double)_drifting / patience) : Finding.Quiet;
    }

    /// <inheritdoc/>
    public string Describe(in Finding finding) => finding.Rule switch
    {
        "jump" => FormattableString.Invariant(
            $"the loss {finding.Value:G4} is {finding.Value / finding.Reference:G3} times its best, {finding.Reference:G4}"),
        "level" => FormattableString.Invariant(
            $"the median of five losses, {finding.Value:G4}, is {finding.Value / finding.Reference:G3} times its best, {finding.Reference:G4}"),
        _ => FormattableString.Invariant(
            $"the mean loss is {finding.Value:G4} and has been above {finding.Threshold:G4} for {patience} steps; its best was {finding.Reference:G4}"),
    };

    /// <inheritdoc/>
    public void Exchange(StateExchange state)
    {
        _noise.Exchange("noise", state);
        _median.Exchange("median", state);
        state.Field("floor", ref _floor);
        state.Field("start", ref _start);
        state.Field("best", ref _best);
        state.Field("level", ref _level);
        state.Field("bestLevel", ref _bestLevel);
        state.Field("fast", ref _fast);
        state.Field("slow", ref _slow);
        state.Field("bestSlow", ref _bestSlow);
        state.Field("count", ref _count);
        state.Field("drifting", ref _drifting, 0, patience);
        state.Field("driftSince", ref _driftSince);
        state.Field("since", ref _since);
        state.Field("isFiring", ref _isFiring);
    }

    private bool IsJump(double x, double noise)
    {
        double rise = x - _best;
        if (_count == 0 || rise <= _jump)
            return false;

        return noise <= Smooth
            || (rise > JumpNoise * noise && x > _start + NotFarBelow)
            || x > _start + (_count < StartLength ? AboveStart : Math.Max(AboveStart, 5 * Math.Clamp(noise, 0.25, 0.8)));
    }

    private void Learn(double x)
    {
        if (_count == 0)
            (_start, _best, _fast, _slow, _bestSlow) = (x, x, x, x, x);
        _count++;
        if (_count <= StartLength)
            _start += (x - _start) / _count;
        _noise.Add(x);
        _best = Math.Min(_best, x);
        _level = _median.Add(x);
        if (_level < _bestLevel)
            _bestLevel = _level;
        _fast += FastWeight * (x - _fast);
        _slow += Math.Max(SlowWeight, 1.0 / _count) * (x - _slow);
        _bestSlow = Math.Min(_bestSlow, _slow);
    }

    private bool IsDrift(double wander, long step)
    {
        bool isUp = _count > DriftWarmUp
            && _fast - _bestSlow > Math.Max(Drift, DriftNoise * wander)
            && Math.Exp(_fast) - Math.Exp(_bestSlow) > DriftShare * Math.Exp(_start);
        if (_drifting == 0)
            _driftSince = step;
        _drifting = isUp ? Math.Min(_drifting + 1, patience) : 0;
        return _drifting >= patience;
    }

    private Finding Firing(long since, string rule, double value, double threshold, double reference, double score)
    {
        if (!_isFiring)
            _since = since;
        _isFiring = true;
        return new(FindingKind.Firing, rule, Severity.Critical, value, threshold, reference, _since, score);
    }
}
