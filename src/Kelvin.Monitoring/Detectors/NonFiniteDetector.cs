namespace Kelvin.Monitoring;

/// <summary>Finds NaN, ±∞, or a positive count of such entries, in one series that is measured every step.</summary>
/// <remarks>
/// <para>Fires at the first such point, as critical. False alarms: none by construction.</para>
/// <para>Non-finite weights, or an update that is not finite, latch: no later step can mend them.</para>
/// <para>Cost: one comparison a point.</para>
/// </remarks>
public sealed class NonFiniteDetector : IDetector
{
    private string _name = "";
    private bool _isBad;
    private long _since;

    /// <summary>Declares it.</summary>
    public static DetectorKind Kind { get; } = new(
        Causes.NonFinite, Causes.NonFinite, DetectorScope.Series, Inputs: [], OptionalInputs: Vitals.EveryStep,
        WarmUp: 0, IsHard: true, "the IEEE 754 meaning of NaN and infinity", () => new NonFiniteDetector());

    /// <inheritdoc/>
    public Finding Observe(in Point point)
    {
        string name = _name = point.Series.Name;
        bool isCount = name is Vitals.GradientNonFinite or Vitals.WeightNonFinite or Vitals.OverflowCount;
        bool isBad = !double.IsFinite(point.Value) || (isCount && point.Value > 0);
        if (!isBad)
        {
            _isBad = false;
            return Finding.Quiet;
        }

        if (!_isBad)
            _since = point.Step;
        _isBad = true;
        return new(
            FindingKind.Firing, isCount ? "count" : "value", Severity.Critical, point.Value, isCount ? 0 : double.NaN,
            SinceStep: _since, Score: 1,
            Latches: name is Vitals.WeightNorm or Vitals.WeightNonFinite or Vitals.UpdateRatio);
    }

    /// <inheritdoc/>
    public string Describe(in Finding finding) => finding.Rule == "count"
        ? FormattableString.Invariant($"{_name} counts {finding.Value:0} entries that are not finite")
        : FormattableString.Invariant($"{_name} is {finding.Value}");

    /// <inheritdoc/>
    public void Exchange(StateExchange state)
    {
        state.Field("name", ref _name);
        state.Field("isBad", ref _isBad);
        state.Field("since", ref _since);
    }
}
