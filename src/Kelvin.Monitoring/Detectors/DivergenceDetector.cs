namespace Kelvin.Monitoring;

/// <summary>Finds a training loss that has risen far above its best.</summary>
/// <remarks>
/// <para>With x = ln max(loss, 10⁻⁸·|first loss|), its least value x*, its first x₀ and the noise σ̂ of x over the steps before:</para>
/// <para><b>jump</b> (at once): x − x* &gt; ln 10, and the noise does not explain it: x − x* &gt; 8σ̂, or x − x₀ &gt; 1.5.</para>
/// <para><b>drift</b> (for 20 points, after 100): fast mean − least slow mean &gt; max(ln 1.25, 4σ̂) with weights 0.2 and 0.01, and the
/// rise is more than 5 % of the first loss.</para>
/// <para>So a loss with σ̂ ≤ 0.28 never passes ten times its best unseen. False alarms: docs/monitoring.md.</para>
/// <para>Cost: one logarithm and two exponentials a point. Source: the usual ten-fold rule, with the noise from second differences.</para>
/// </remarks>
/// <param name="ratio">How many times its best the loss may be; 10 is beyond any schedule's doing.</param>
/// <param name="patience">How many points in a row the drift must last.</param>
public sealed class DivergenceDetector(double ratio = 10, int patience = 20) : IDetector
{
    private const double Floor = 1e-8;
    private const double NoiseAllowance = 8;
    private const double AboveStart = 1.5;
    private const double FastWeight = 0.2;
    private const double SlowWeight = 0.01;
    private const double DriftNoise = 4;
    private const double DriftShare = 0.05;
    private const int DriftWarmUp = 100;

    private static readonly double Drift = Math.Log(1.25);

    private readonly double _jump = Math.Log(ratio);
    private LogNoise _noise;
    private double _first = double.NaN;
    private double _floor;
    private double _best;
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
        if (double.IsNaN(_first))
            Start(point.Value);

        double x = Math.Log(Math.Max(point.Value, _floor));
        double noise = _noise.Deviation;
        Learn(x);
        double rise = x - _best;
        bool isJump = rise > _jump && (rise > NoiseAllowance * noise || x - _first > AboveStart);
        bool isDrift = IsDrift(noise, point.Step);
        return Verdict(point, isJump, isDrift, rise);
    }

    /// <inheritdoc/>
    public string Describe(in Finding finding) => finding.Rule == "jump"
        ? FormattableString.Invariant($"the loss {finding.Value:G4} is {finding.Value / finding.Reference:G3} times its best, {finding.Reference:G4}")
        : FormattableString.Invariant($"the mean loss has been above {finding.Threshold:G4} for {patience} steps and is {finding.Value:G4}; its best was {finding.Reference:G4}");

    /// <inheritdoc/>
    public void Exchange(StateExchange state)
    {
        _noise.Exchange("noise", state);
        state.Field("first", ref _first);
        state.Field("floor", ref _floor);
        state.Field("best", ref _best);
        state.Field("fast", ref _fast);
        state.Field("slow", ref _slow);
        state.Field("bestSlow", ref _bestSlow);
        state.Field("count", ref _count);
        state.Field("drifting", ref _drifting, 0);
        state.Field("driftSince", ref _driftSince);
        state.Field("since", ref _since);
        state.Field("isFiring", ref _isFiring);
    }

    private void Start(double loss)
    {
        _floor = Math.Max(Floor * Math.Abs(loss), double.Epsilon);
        _first = Math.Log(Math.Max(loss, _floor));
        _best = _first;
        _fast = _first;
        _slow = _first;
        _bestSlow = _first;
    }

    private void Learn(double x)
    {
        _count++;
        _noise.Add(x);
        _best = Math.Min(_best, x);
        _fast += FastWeight * (x - _fast);
        _slow += Math.Max(SlowWeight, 1.0 / _count) * (x - _slow);
        _bestSlow = Math.Min(_bestSlow, _slow);
    }

    private bool IsDrift(double noise, long step)
    {
        bool isUp = _count > DriftWarmUp
            && _fast - _bestSlow > Math.Max(Drift, DriftNoise * noise)
            && Math.Exp(_fast) - Math.Exp(_bestSlow) > DriftShare * Math.Exp(_first);
        if (_drifting == 0)
            _driftSince = step;
        _drifting = isUp ? Math.Min(_drifting + 1, patience) : 0;
        return _drifting >= patience;
    }

    private Finding Verdict(in Point point, bool isJump, bool isDrift, double rise)
    {
        if (!isJump && !isDrift)
        {
            _isFiring = false;
            return _drifting > 0 ? new(FindingKind.Pending, "drift", Score: (double)_drifting / patience) : Finding.Quiet;
        }

        if (!_isFiring)
            _since = isJump ? point.Step : _driftSince;
        _isFiring = true;
        double best = Math.Exp(_best);
        return isJump
            ? new(FindingKind.Firing, "jump", Severity.Critical, point.Value, ratio * best, best, _since, rise / _jump)
            : new(FindingKind.Firing, "drift", Severity.Critical, Math.Exp(_fast), Math.Exp(_bestSlow + Drift), Math.Exp(_bestSlow), _since, 1);
    }
}
