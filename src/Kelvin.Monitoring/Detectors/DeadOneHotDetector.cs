namespace Kelvin.Monitoring;

/// <summary>Finds a softmax whose rows are all one-hot and through which no gradient comes any more, while the loss is not fitted.</summary>
/// <remarks>
/// <para>Fires at the first step at which the mean largest probability &gt; 0.99 and the gradient norm &lt; 10⁻⁶ of its first value, unless the
/// loss is below 10⁻⁴ of its first: that network is fitted, not dead. Pending from 10⁻³ on.</para>
/// <para>Cost: two comparisons a point. Source: softmax networks beyond the stable step, theory section 4.</para>
/// </remarks>
public sealed class DeadOneHotDetector : IDetector
{
    private const double OneHot = 0.99;
    private const double Dead = 1e-6;
    private const double Dying = 1e-3;
    private const double Fitted = 1e-4;

    private double _firstGradient = double.NaN;
    private double _gradient = double.NaN;
    private long _gradientStep = -1;
    private double _probability = double.NaN;
    private long _probabilityStep = -1;
    private double _firstLoss = double.NaN;
    private double _loss = double.NaN;
    private long _since;
    private bool _isFiring;

    /// <summary>Declares it.</summary>
    public static DetectorKind Kind { get; } = new(
        Causes.DeadOneHot, Causes.DeadOneHot, DetectorScope.Layer, [Vitals.MaxProbability, Vitals.GradientNorm], [Vitals.TrainLoss],
        WarmUp: 0, IsHard: true, "softmax networks beyond the stable step", () => new DeadOneHotDetector());

    /// <inheritdoc/>
    public Finding Observe(in Point point)
    {
        if (!double.IsFinite(point.Value))
            return Finding.Unknown;

        switch (point.Series.Name)
        {
            case Vitals.TrainLoss:
                if (double.IsNaN(_firstLoss))
                    _firstLoss = point.Value;
                _loss = point.Value;
                break;
            case Vitals.GradientNorm:
                if (double.IsNaN(_firstGradient))
                    _firstGradient = point.Value;
                (_gradient, _gradientStep) = (point.Value, point.Step);
                break;
            default:
                (_probability, _probabilityStep) = (point.Value, point.Step);
                break;
        }

        return _gradientStep == _probabilityStep ? Verdict(point.Step) : Held();
    }

    /// <inheritdoc/>
    public string Describe(in Finding finding) => FormattableString.Invariant(
        $"the mean largest probability is {finding.Reference:0.####} and the gradient norm {finding.Value:G3} is below {Dead:G1} of its start, {finding.Threshold / Dead:G3}");

    /// <inheritdoc/>
    public void Exchange(StateExchange state)
    {
        state.Field("firstGradient", ref _firstGradient);
        state.Field("gradient", ref _gradient);
        state.Field("gradientStep", ref _gradientStep);
        state.Field("probability", ref _probability);
        state.Field("probabilityStep", ref _probabilityStep);
        state.Field("firstLoss", ref _firstLoss);
        state.Field("loss", ref _loss);
        state.Field("since", ref _since);
        state.Field("isFiring", ref _isFiring);
    }

    private Finding Verdict(long step)
    {
        bool isFitted = _loss < Fitted * _firstLoss;
        bool isOneHot = _probability > OneHot && !isFitted;
        bool isDead = isOneHot && _gradient <= Dead * _firstGradient;
        if (isDead && !_isFiring)
            _since = step;
        _isFiring = isDead;
        return isOneHot && !isDead && _gradient <= Dying * _firstGradient ? new(FindingKind.Pending, "dying", Score: 0.5) : Held();
    }

    private Finding Held() => _isFiring
        ? new(FindingKind.Firing, "dead", Severity.Critical, _gradient, Dead * _firstGradient, _probability, _since, 1)
        : Finding.Quiet;
}
