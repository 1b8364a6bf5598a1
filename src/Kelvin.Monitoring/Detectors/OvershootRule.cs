namespace Kelvin.Monitoring;

/// <summary>Knows from a single step of gradient descent that it was too long, without any history.</summary>
/// <remarks>
/// <para>For a loss L ≥ 0 whose curvature along −g is at most Λ, L ≥ ‖g‖²/(2Λ): else the descent along −g would take it below 0. So the
/// promised decrease D = η‖g‖²/L obeys D ≤ 2ηΛ, and D &gt; 4 proves ηΛ &gt; 2: the step is beyond the stable one. For the squared loss this holds
/// with the tangent kernel's largest eigenvalue.</para>
/// <para>A single batch may be steeper than the rest, above all when the loss is nearly 0. So it fires when D &gt; 4 in the first five steps, when all batches are
/// still alike; when D &gt; 16 once while the loss is above a tenth of its
/// start, when D &gt; 4 three times in a row, or when D &gt; 4 and ln loss then rose by ln 1.25 and 4σ̂ (at
/// most 1 while the loss is that high).</para>
/// </remarks>
internal struct OvershootRule()
{
    public const double Edge = 4;
    public const double Far = 16;
    private const int Patience = 3;
    private const double Allowance = 4;
    private static readonly double Rise = Math.Log(1.25);

    private int _above;
    private long _since;
    private double _largest;
    private bool _hasJustOvershot;
    private double _lossBefore = double.NaN;

    public Finding ObservePromise(long step, double promised, bool isLossHigh, bool isStart)
    {
        if (!(promised > Edge))
        {
            _above = 0;
            _hasJustOvershot = false;
            return Finding.Quiet;
        }

        if (_above == 0)
        {
            _since = step;
            _largest = 0;
        }

        _above = Math.Min(_above + 1, Patience);
        _largest = Math.Max(_largest, promised);
        _hasJustOvershot = true;
        bool isFar = isStart || (promised > Far && isLossHigh);
        return isFar || _above >= Patience
            ? Firing(Math.Max(promised / Far, 1))
            : new(FindingKind.Pending, "overshoot", Score: (double)_above / Patience);
    }

    public Finding ObserveLoss(double logLoss, double noise, bool isLossHigh)
    {
        bool hasRisen = _hasJustOvershot && logLoss - _lossBefore > Math.Max(Rise, isLossHigh ? Math.Min(Allowance * noise, 1) : Allowance * noise);
        _hasJustOvershot = false;
        _lossBefore = logLoss;
        return hasRisen ? Firing(1) : Finding.Quiet;
    }

    public void Exchange(StateExchange state)
    {
        state.Field("overshoot.above", ref _above, 0, Patience);
        state.Field("overshoot.since", ref _since);
        state.Field("overshoot.largest", ref _largest);
        state.Field("overshoot.hasJustOvershot", ref _hasJustOvershot);
        state.Field("overshoot.lossBefore", ref _lossBefore);
    }

    private readonly Finding Firing(double score) =>
        new(FindingKind.Firing, "overshoot", Severity.Warning, _largest, Edge, SinceStep: _since, Score: score);
}
