namespace Kelvin.Monitoring;

/// <summary>Keeps a firing finding for some points after its condition stopped, so that a flickering condition is one episode.</summary>
internal struct HeldFinding(int points)
{
    private string _rule = "";
    private int _severity;
    private double _value;
    private double _threshold;
    private double _reference;
    private double _score;
    private long _since;
    private int _left;

    /// <summary>Takes what the rules say now, if anything; <paramref name="isSample"/> points use up the hold.</summary>
    public Finding Take(in Finding now, bool isSample)
    {
        if (now.Kind == FindingKind.Firing)
        {
            if (_left == 0)
                _since = now.SinceStep;
            bool isWorse = _left == 0 || now.Score > _score;
            _left = points;
            if (isWorse)
                (_rule, _severity, _value, _threshold, _reference, _score) = (now.Rule, (int)now.Severity, now.Value, now.Threshold, now.Reference, now.Score);
            return Kept();
        }

        if (_left == 0)
            return now;
        if (isSample)
            _left--;
        return _left == 0 ? now : Kept();
    }

    public void Exchange(StateExchange state)
    {
        state.Field("held.rule", ref _rule);
        state.Field("held.severity", ref _severity, 0, (int)Severity.Critical);
        state.Field("held.value", ref _value);
        state.Field("held.threshold", ref _threshold);
        state.Field("held.reference", ref _reference);
        state.Field("held.score", ref _score);
        state.Field("held.since", ref _since);
        state.Field("held.left", ref _left, 0, points);
    }

    private readonly Finding Kept() =>
        new(FindingKind.Firing, _rule, (Severity)_severity, _value, _threshold, _reference, _since, _score);
}
