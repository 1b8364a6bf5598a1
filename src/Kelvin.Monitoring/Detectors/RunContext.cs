namespace Kelvin.Monitoring;

/// <summary>Knows what was done to the run on purpose, announced or seen, so that detectors ask for double evidence after it.</summary>
/// <remarks>
/// <para>Seen by itself: the learning rate changed by more than 2 % between two steps, or the step number went back by more than one.</para>
/// <para>A rise above 1.5 times every rate so far is no excuse unless it was announced, or the rate has only risen since the run began (warm-up).</para>
/// </remarks>
internal sealed class RunContext(int relearningSteps)
{
    private const double Changed = 0.02;
    private const double Jump = 1.5;
    private const int Never = -1;

    private double _rate = double.NaN;
    private double _largestRate;
    private bool _isWarmingUp = true;
    private long _step = Never;
    private long _relearnUntil = Never;
    private long _announcedAt = Never;

    public bool IsRelearning => _step < _relearnUntil;

    public void Observe(in Point point)
    {
        if (point.Step < _step - 1)
            _relearnUntil = point.Step + relearningSteps;
        _step = point.Step;
        if (point.Series.Name == Vitals.LearningRate && point.Series.IsWholeRun && double.IsFinite(point.Value))
            ObserveRate(point.Value);
    }

    public void Announce(in RunEvent happening)
    {
        _announcedAt = happening.Step;
        _relearnUntil = happening.Step + relearningSteps;
        if (happening.Kind == RunEventKind.Resume)
            _step = happening.Step;
    }

    public void Exchange(StateExchange state)
    {
        state.Field("rate", ref _rate);
        state.Field("largestRate", ref _largestRate);
        state.Field("isWarmingUp", ref _isWarmingUp);
        state.Field("step", ref _step);
        state.Field("relearnUntil", ref _relearnUntil);
        state.Field("announcedAt", ref _announcedAt);
    }

    private void ObserveRate(double rate)
    {
        if (!double.IsNaN(_rate))
        {
            _isWarmingUp &= rate > _rate;
            bool isChange = Math.Abs(rate - _rate) > Changed * Math.Abs(_rate);
            bool isAnnounced = _announcedAt != Never && _step >= _announcedAt && _step - _announcedAt <= relearningSteps;
            bool isJump = rate > Jump * _largestRate && !_isWarmingUp && !isAnnounced;
            if (isChange && !isJump)
                _relearnUntil = Math.Max(_relearnUntil, _step + relearningSteps);
        }

        _rate = rate;
        _largestRate = Math.Max(_largestRate, rate);
    }
}
