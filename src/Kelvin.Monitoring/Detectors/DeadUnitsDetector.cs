namespace Kelvin.Monitoring;

/// <summary>Finds a layer in which many units have stopped working.</summary>
/// <remarks>
/// <para>With b the median of the first 20 samples that do not themselves count as bad (of those there are): fires when on 10 samples in a row the share of units that are inactive on the
/// whole batch is above 0.5 and above b + 0.2, or at once when it is above 0.99 on 2 samples and b is below 0.9. A layer that began above 0.9
/// fires after 10 samples too.</para>
/// <para>Cost: a comparison a point. Source: cf. DeadRelu; the rise tells dead units from the sparse activity of small batches.</para>
/// </remarks>
public sealed class DeadUnitsDetector : IDetector
{
    private const double Many = 0.5;
    private const double Rise = 0.2;
    private const double All = 0.99;
    private const double FromTheStart = 0.9;
    private const int WarmUp = 20;
    private const int Patience = 10;
    private const int ShortPatience = 2;

    private readonly double[] _first = new double[WarmUp];
    private int _count;
    private double _baseline = double.NaN;
    private int _held;
    private int _all;
    private long _since;

    /// <summary>Declares it.</summary>
    public static DetectorKind Kind { get; } = new(
        Causes.DeadUnits, Causes.DeadUnits, DetectorScope.Layer, [Vitals.DeadShare], [],
        WarmUp, IsHard: false, "cf. DeadRelu", () => new DeadUnitsDetector());

    /// <inheritdoc/>
    public Finding Observe(in Point point)
    {
        if (!double.IsFinite(point.Value))
            return Finding.Unknown;

        if (_count == 0)
            LearnBaseline(point.Value);
        bool isMany = point.Value > Many && (point.Value > _baseline + Rise || _baseline > FromTheStart);
        bool isAll = point.Value > All && _baseline < FromTheStart;
        if (!isMany && !isAll)
            LearnBaseline(point.Value);
        if ((isMany || isAll) && _held == 0)
            _since = point.Step;
        _held = isMany || isAll ? Math.Min(_held + 1, Patience) : 0;
        _all = isAll ? Math.Min(_all + 1, ShortPatience) : 0;
        if (_held == 0)
            return Finding.Quiet;

        return _held >= Patience || _all >= ShortPatience
            ? new(FindingKind.Firing, "dead", _all >= ShortPatience ? Severity.Critical : Severity.Warning, point.Value, Math.Max(Many, _baseline + Rise), _baseline, _since, _all >= ShortPatience ? 2 : 1)
            : new(FindingKind.Pending, "dead", Score: (double)_held / Patience);
    }

    /// <inheritdoc/>
    public string Describe(in Finding finding) => FormattableString.Invariant(
        $"{finding.Value:P0} of the units are inactive on whole batches, {finding.Reference:P0} at the start");

    /// <inheritdoc/>
    public void Exchange(StateExchange state)
    {
        state.Field("first", _first);
        state.Field("count", ref _count, 0, WarmUp);
        state.Field("baseline", ref _baseline);
        state.Field("held", ref _held, 0, Patience);
        state.Field("all", ref _all, 0, ShortPatience);
        state.Field("since", ref _since);
    }

    private void LearnBaseline(double share)
    {
        if (_count == WarmUp)
            return;

        int place = _count;
        while (place > 0 && _first[place - 1] > share)
        {
            _first[place] = _first[place - 1];
            place--;
        }

        _first[place] = share;
        _count++;
        _baseline = _first[(_count - 1) / 2];
    }
}
