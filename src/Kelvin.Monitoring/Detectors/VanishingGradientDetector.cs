namespace Kelvin.Monitoring;

/// <summary>Finds a gradient that went away while the loss stayed.</summary>
/// <remarks>
/// <para>Fires when, while the loss is above half of its first value, the gradient norm is below 10⁻² of its median over the last 256 values on 20 steps in a row
/// (after 64), or below 10⁻⁷ of its first value on 5.</para>
/// <para>A run that fits its data loses its gradient too: then the loss is low, and nothing fires. Values that are this small are not taken into the median.</para>
/// <para>Cost: one logarithm a step and a sorted window of 256. Source: cf. VanishingGradient.</para>
/// </remarks>
public sealed class VanishingGradientDetector : IDetector
{
    private const int Window = 256;
    private const int WarmUp = 64;
    private const int Patience = 20;
    private const int ShortPatience = 5;
    private const double StillThere = 0.5;
    private static readonly double Small = Math.Log(1e-2);
    private static readonly double Tiny = Math.Log(1e-7);
    private static readonly double Smallest = Math.Log(double.Epsilon);

    private readonly RunningMedian _median = new(Window);
    private double _first = double.NaN;
    private double _firstLoss = double.NaN;
    private double _loss = double.NaN;
    private int _small;
    private int _tiny;
    private double _value = double.NaN;
    private double _threshold = double.NaN;
    private double _reference = double.NaN;
    private long _since;

    /// <summary>Declares it.</summary>
    public static DetectorKind Kind { get; } = new(
        Causes.VanishingGradient, Causes.VanishingGradient, DetectorScope.Run, [Vitals.GradientNorm, Vitals.TrainLoss], [],
        WarmUp, IsHard: false, "cf. VanishingGradient", () => new VanishingGradientDetector());

    /// <inheritdoc/>
    public Finding Observe(in Point point)
    {
        if (!double.IsFinite(point.Value))
            return Finding.Unknown;
        if (point.Series.Name == Vitals.TrainLoss)
        {
            _firstLoss = double.IsNaN(_firstLoss) ? point.Value : _firstLoss;
            _loss = point.Value;
            return Verdict();
        }

        double y = point.Value > 0 ? Math.Log(point.Value) : Smallest;
        _first = double.IsNaN(_first) ? y : _first;
        ObserveGradient(point.Step, y);
        return Verdict();
    }

    /// <inheritdoc/>
    public string Describe(in Finding finding) => FormattableString.Invariant(
        $"the gradient norm {finding.Value:G3} is {finding.Value / finding.Reference:G2} of its {(finding.Rule == "tiny" ? "start" : "median")} and the loss is still {_loss / _firstLoss:P0} of its start");

    /// <inheritdoc/>
    public void Exchange(StateExchange state)
    {
        _median.Exchange("median", state);
        state.Field("first", ref _first);
        state.Field("firstLoss", ref _firstLoss);
        state.Field("loss", ref _loss);
        state.Field("small", ref _small, 0, Patience);
        state.Field("tiny", ref _tiny, 0, ShortPatience);
        state.Field("value", ref _value);
        state.Field("threshold", ref _threshold);
        state.Field("reference", ref _reference);
        state.Field("since", ref _since);
    }

    private void ObserveGradient(long step, double y)
    {
        bool hasLoss = _loss > StillThere * _firstLoss;
        bool isSmall = _median.Count >= WarmUp && y < _median.Median + Small;
        bool isTiny = y < _first + Tiny;
        if ((isSmall || isTiny) && hasLoss && _small == 0 && _tiny == 0)
            _since = step;
        _small = isSmall && hasLoss ? Math.Min(_small + 1, Patience) : 0;
        _tiny = isTiny && hasLoss ? Math.Min(_tiny + 1, ShortPatience) : 0;
        _value = Math.Exp(y);
        _reference = Math.Exp(_tiny > 0 ? _first : _median.Median);
        _threshold = Math.Exp(_tiny > 0 ? _first + Tiny : _median.Median + Small);
        if (!isSmall && !isTiny)
            _median.Add(y);
    }

    private Finding Verdict()
    {
        if (_tiny >= ShortPatience)
            return new(FindingKind.Firing, "tiny", Severity.Warning, _value, _threshold, _reference, _since, 1);
        if (_small >= Patience)
            return new(FindingKind.Firing, "small", Severity.Warning, _value, _threshold, _reference, _since, 1);
        return _small + _tiny > 0 ? new(FindingKind.Pending, "small", Score: 0.5) : Finding.Quiet;
    }
}
