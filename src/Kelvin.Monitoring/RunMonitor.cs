namespace Kelvin.Monitoring;

/// <summary>Watches one run: eats its points and keeps its incidents.</summary>
/// <remarks>
/// <para>A state machine without clock, thread or store: the same points and events in the same order give the same incidents,
/// however they were batched, and a restored monitor goes on as if nothing had happened. It is not thread-safe.</para>
/// <para>It never throws into the run: a detector that throws is counted, and switched off when it does so too often.</para>
/// <para>Cost: O(1) amortised per point and detector; nothing on the heap while no series is new and no incident changes.</para>
/// </remarks>
public sealed partial class RunMonitor
{
    private readonly MonitorOptions _options;
    private readonly IReadOnlyList<DetectorKind> _kinds;
    private readonly DetectorRouter _router;
    private readonly RunContext _context;
    private readonly IncidentLog _log;
    private readonly List<IncidentChange> _changes = [];

    /// <summary>Makes a monitor for a run that has not begun.</summary>
    /// <param name="options">How incidents are built; null for the defaults.</param>
    /// <param name="kinds">The detectors; null for <see cref="DefaultDetectors.All"/>.</param>
    public RunMonitor(MonitorOptions? options = null, IReadOnlyList<DetectorKind>? kinds = null)
    {
        _options = options ?? new MonitorOptions();
        _options.Check();
        _kinds = kinds ?? DefaultDetectors.All;
        _router = new(_kinds, _options.MaxSeries, Teach);
        _context = new(_options.RelearningSteps);
        _log = new(_options.QuietSteps);
    }

    /// <summary>Every incident so far, in the order in which they were opened.</summary>
    public IReadOnlyList<Incident> Incidents => _log.Incidents;

    /// <summary>The incident that is open now, or null.</summary>
    public Incident? Open => _log.Open;

    /// <summary>The step of the latest point; −1 before the first.</summary>
    public long Step { get; private set; } = -1;

    /// <summary>Points taken so far.</summary>
    public long Points { get; private set; }

    /// <summary>Points of series beyond <see cref="MonitorOptions.MaxSeries"/>, which no detector saw.</summary>
    public long IgnoredPoints { get; private set; }

    /// <summary>How often a detector threw.</summary>
    public long Failures { get; private set; }

    /// <summary>The run has been finished.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>What each detector is doing, and which are inactive for lack of input.</summary>
    public IReadOnlyList<DetectorStatus> Detectors => _router.Statuses(_options.FailuresBeforeOff);

    /// <summary>Takes points in the order in which they were made.</summary>
    /// <param name="batch">Any number of points; a step's points may be spread over batches.</param>
    /// <returns>What changed, in order; empty, and the same object each time, when nothing did.</returns>
    public IReadOnlyList<IncidentChange> Observe(ReadOnlySpan<Point> batch)
    {
        foreach (ref readonly Point point in batch)
            Take(point);

        return Changes();
    }

    /// <summary>Takes note of something that was done to the run on purpose.</summary>
    /// <param name="happening">What was done, and from which step.</param>
    /// <returns>What changed: a resume closes the open incident if it began after the step resumed from.</returns>
    public IReadOnlyList<IncidentChange> Announce(in RunEvent happening)
    {
        _context.Announce(happening);
        if (happening.Kind == RunEventKind.Resume)
        {
            Step = happening.Step;
            if (_log.Open is { } open && open.SinceStep >= happening.Step)
                Close(happening.Step, "run resumed");
        }

        return Changes();
    }

    /// <summary>Closes the open incident on a person's word, a latched one too; a condition that still holds opens a new one.</summary>
    /// <param name="reason">Why; kept as its resolution.</param>
    /// <returns>What changed; empty if none is open.</returns>
    public IReadOnlyList<IncidentChange> CloseIncident(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Close(Step, reason);
        return Changes();
    }

    /// <summary>Ends the run: an open incident is closed as <c>run finished</c>, its last state kept.</summary>
    /// <returns>What changed.</returns>
    public IReadOnlyList<IncidentChange> Finish()
    {
        IsFinished = true;
        Close(Step, "run finished");
        return Changes();
    }

    private void Take(in Point point)
    {
        Points++;
        _context.Observe(point);
        if (point.Step != Step)
        {
            Step = point.Step;
            _log.Advance(Step, _changes);
        }

        ReadOnlySpan<DetectorSlot> slots = _router.Route(point, out bool isIgnored);
        if (isIgnored)
            IgnoredPoints++;
        foreach (DetectorSlot slot in slots)
            Run(slot, point, isJudged: true);
    }

    /// <summary>Shows a new detector what came before it; what it says about the past is not news.</summary>
    private void Teach(DetectorSlot slot, in Point point) => Run(slot, point, isJudged: false);

    /// <summary>The one place where a detector runs, and the one place where what it throws is caught.</summary>
    private void Run(DetectorSlot slot, in Point point, bool isJudged)
    {
        if (slot.Failures >= _options.FailuresBeforeOff)
            return;

        try
        {
            Finding finding = slot.Detector.Observe(point);
            if (isJudged)
                Judge(slot, finding, point);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Failures++;
            slot.Failures++;
            slot.LastError = FormattableString.Invariant($"{exception.GetType().Name} at step {point.Step}: {exception.Message}");
            if (slot.Failures == _options.FailuresBeforeOff)
                Quieten(slot, point.Step);
        }
    }

    private void Judge(DetectorSlot slot, in Finding finding, in Point point)
    {
        if (finding.Kind == FindingKind.Firing && !slot.IsFiring && !slot.Kind.IsHard && _context.IsRelearning && finding.Score < 2)
        {
            slot.Last = FindingKind.Pending;
            return;
        }

        slot.Last = finding.Kind;
        switch (finding.Kind)
        {
            case FindingKind.Firing:
                Fire(slot, finding, point);
                break;
            case FindingKind.Quiet or FindingKind.Pending:
                Quieten(slot, point.Step);
                break;
        }
    }

    private void Fire(DetectorSlot slot, in Finding finding, in Point point)
    {
        bool isNews = !slot.IsFiring || slot.Rule != finding.Rule || finding.Score >= 2 * slot.ToldScore;
        if (!isNews)
        {
            _log.Hold(point.Step);
            return;
        }

        _log.Fire(slot, finding, point, begins: !slot.IsFiring, _changes);
        slot.IsFiring = true;
        slot.Rule = finding.Rule;
        slot.ToldScore = finding.Score;
    }

    private void Quieten(DetectorSlot slot, long step)
    {
        if (!slot.IsFiring)
            return;

        slot.IsFiring = false;
        _log.Calm(step, _changes);
    }

    private void Close(long step, string resolution)
    {
        _log.Close(step, resolution, _changes);
        foreach (DetectorSlot slot in _router.Slots)
            slot.IsFiring = false;
    }

    private IncidentChange[] Changes()
    {
        if (_changes.Count == 0)
            return [];

        IncidentChange[] changes = [.. _changes];
        _changes.Clear();
        return changes;
    }
}
