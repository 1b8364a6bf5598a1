namespace Kelvin.Monitoring;

/// <summary>Finds a loss that rises again and again, or swings up and down ever wider, beyond what its noise does.</summary>
/// <remarks>
/// <para>σ̂ is the wander of ln loss (<see cref="LogNoise"/>) before the first difference that counts.</para>
/// <para><b>climb</b>: at least 4 rises in a row, by ln 2 and 8σ̂ in all, of which the largest is at most half.</para>
/// <para><b>swing</b>: 8 differences of alternating sign, each larger than the one before, the last 4 times the first, at least ln 1.5 and 6σ̂.</para>
/// </remarks>
internal struct ClimbRule()
{
    private const int MinRises = 4;
    private const int MinSwings = 8;
    private const double Allowance = 8;
    private const double SwingAllowance = 6;
    private const double Growth = 4;
    private static readonly double MinClimb = Math.Log(2);
    private static readonly double MinSwing = Math.Log(1.5);

    private double _last = double.NaN;
    private double _difference;
    private double _from;
    private double _noise;
    private long _since;
    private int _rises;
    private double _largestRise;
    private double _firstSwing;
    private double _swingNoise;
    private long _swingSince;
    private int _swings;

    /// <param name="step">The step of the loss.</param>
    /// <param name="x">ln loss.</param>
    /// <param name="noise">The wander of the values before.</param>
    public Finding Observe(long step, double x, double noise)
    {
        double before = _difference;
        _difference = x - _last;
        Finding climb = Climb(step, x, noise);
        Finding swing = Swing(step, before, noise);
        _last = x;
        return climb.Kind == FindingKind.Firing ? climb : swing;
    }

    public void Exchange(StateExchange state)
    {
        state.Field("climb.last", ref _last);
        state.Field("climb.difference", ref _difference);
        state.Field("climb.from", ref _from);
        state.Field("climb.noise", ref _noise);
        state.Field("climb.since", ref _since);
        state.Field("climb.rises", ref _rises, 0);
        state.Field("climb.largestRise", ref _largestRise);
        state.Field("climb.swingNoise", ref _swingNoise);
        state.Field("climb.firstSwing", ref _firstSwing);
        state.Field("climb.swingSince", ref _swingSince);
        state.Field("climb.swings", ref _swings, 0);
    }

    private Finding Climb(long step, double x, double noise)
    {
        if (!(_difference > 0))
        {
            _rises = 0;
            return Finding.Quiet;
        }

        if (_rises == 0)
        {
            _from = _last;
            _noise = noise;
            _largestRise = 0;
            _since = step;
        }

        _rises = Math.Min(_rises + 1, int.MaxValue - 1);
        _largestRise = Math.Max(_largestRise, _difference);
        double climbed = x - _from;
        double needed = Math.Max(MinClimb, Allowance * _noise);
        return _rises >= MinRises && climbed > needed && _largestRise <= climbed / 2
            ? new(FindingKind.Firing, "climb", Severity.Warning, Math.Exp(x), Math.Exp(_from + needed), Math.Exp(_from), _since, climbed / needed)
            : Finding.Quiet;
    }

    private Finding Swing(long step, double before, double noise)
    {
        bool isWider = before * _difference < 0 && Math.Abs(_difference) > Math.Abs(before);
        if (!isWider)
        {
            _swings = 1;
            _firstSwing = Math.Abs(_difference);
            _swingSince = step;
            _swingNoise = noise;
            return Finding.Quiet;
        }

        _swings = Math.Min(_swings + 1, int.MaxValue - 1);
        double width = Math.Abs(_difference);
        return _swings >= MinSwings && width > Growth * _firstSwing && width > Math.Max(MinSwing, SwingAllowance * _swingNoise)
            ? new(FindingKind.Firing, "swing", Severity.Warning, width, Growth * _firstSwing, _firstSwing, _swingSince, 1)
            : Finding.Quiet;
    }
}
