namespace Kelvin.Monitoring;

/// <summary>Finds gradients far larger than any the run has had, while the loss does not fall.</summary>
/// <remarks>
/// <para>With y = ln ‖g‖, its median M and deviation s (1.4826·MAD, at least 0.05) over the last 256 values: fires when ‖g‖ is above 100 times e^M (before 25
/// values: 100 times the largest so far), or when (y − M)/s ≥ 6 three times within 100 steps; and in both cases ‖g‖ is above 3 times the largest of the first
/// 25, and the loss is above its mean (weight 0.1 of ln loss). Held for 20 values.</para>
/// <para>The last two conditions keep quiet a fitted network with one hard batch, and the way out of a plateau.</para>
/// <para>Cost: two logarithms a step and a sorted window of 256. Source: robust z; cf. arXiv 2504.02507.</para>
/// </remarks>
public sealed class ExplodingGradientDetector : IDetector
{
    private const int Window = 256;
    private const int WarmUp = 25;
    private const int Often = 3;
    private const int Within = 100;
    private const double Z = 6;
    private const double LeastDeviation = 0.05;
    private const double AboveEarly = 3;
    private const double MeanWeight = 0.1;
    private static readonly double Once = Math.Log(100);
    private static readonly double Smallest = Math.Log(double.Epsilon);

    private readonly RunningMedian _median = new(Window);
    private readonly double[] _hits = [double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity];
    private HeldFinding _held = new(20);
    private double _early = double.NegativeInfinity;
    private double _meanLoss = double.NaN;
    private bool _isLossHigh = true;
    private long _count;

    /// <summary>Declares it.</summary>
    public static DetectorKind Kind { get; } = new(
        Causes.ExplodingGradient, Causes.ExplodingGradient, DetectorScope.Run, [Vitals.GradientNorm], [Vitals.TrainLoss],
        WarmUp, IsHard: false, "robust z; cf. arXiv 2504.02507", () => new ExplodingGradientDetector());

    /// <inheritdoc/>
    public Finding Observe(in Point point)
    {
        if (!double.IsFinite(point.Value))
            return Finding.Unknown;
        if (point.Series.Name == Vitals.TrainLoss)
        {
            ObserveLoss(point.Value);
            return _held.Take(Finding.Quiet, isSample: false);
        }

        double y = point.Value > 0 ? Math.Log(point.Value) : Smallest;
        Finding now = Judge(point.Step, y);
        Learn(y);
        return _held.Take(now, isSample: true);
    }

    /// <inheritdoc/>
    public string Describe(in Finding finding) => FormattableString.Invariant(
        $"the gradient norm {finding.Value:G4} is {finding.Value / finding.Reference:G3} times its {(finding.Rule == "first" ? "largest so far" : "median")}, {finding.Reference:G3}, and the loss does not fall");

    /// <inheritdoc/>
    public void Exchange(StateExchange state)
    {
        _median.Exchange("median", state);
        state.Field("hits", _hits);
        _held.Exchange(state);
        state.Field("early", ref _early);
        state.Field("meanLoss", ref _meanLoss);
        state.Field("isLossHigh", ref _isLossHigh);
        state.Field("count", ref _count);
    }

    private void ObserveLoss(double loss)
    {
        double x = Math.Log(Math.Max(loss, double.Epsilon));
        _isLossHigh = !(x <= _meanLoss);
        _meanLoss = double.IsNaN(_meanLoss) ? x : _meanLoss + (MeanWeight * (x - _meanLoss));
    }

    private Finding Judge(long step, double y)
    {
        if (_count == 0 || !_isLossHigh)
            return Finding.Quiet;
        if (_count < WarmUp)
            return y - _early > Once ? Firing("first", step, y, _early, Once) : Finding.Quiet;
        if (y - _early <= Math.Log(AboveEarly))
            return Finding.Quiet;

        double median = _median.Median;
        if (y - median > Once)
            return Firing("once", step, y, median, Once);

        double deviation = Math.Max(_median.Deviation(), LeastDeviation);
        if (y - median < Z * deviation)
            return Finding.Quiet;

        (_hits[0], _hits[1], _hits[2]) = (_hits[1], _hits[2], step);
        return step - _hits[0] <= Within
            ? Firing("often", step, y, median, Z * deviation)
            : new(FindingKind.Pending, "often", Score: 1.0 / Often);
    }

    private void Learn(double y)
    {
        _count++;
        if (_count <= WarmUp)
            _early = Math.Max(_early, y);
        double most = _median.Count < WarmUp ? double.PositiveInfinity : _median.Median + (3 * Math.Max(_median.Deviation(), LeastDeviation));
        _median.Add(Math.Min(y, most));
    }

    private static Finding Firing(string rule, long step, double y, double reference, double needed) =>
        new(FindingKind.Firing, rule, Severity.Warning, Math.Exp(y), Math.Exp(reference + needed), Math.Exp(reference), step, (y - reference) / needed);
}
