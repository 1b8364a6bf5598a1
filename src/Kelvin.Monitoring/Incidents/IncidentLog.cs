namespace Kelvin.Monitoring;

/// <summary>Turns findings into incidents: opens, joins, names, lets recover and closes them.</summary>
/// <remarks>At most one incident is open at a time: what is found while it is open, or within the quiet steps after, is part of it.</remarks>
internal sealed class IncidentLog(int quietSteps)
{
    /// <summary>Evidence kept per incident; one fault may speak through very many series.</summary>
    public const int MaxEvidence = 16;

    private readonly List<Incident> _incidents = [];
    private readonly List<Signal> _signals = [];
    private Incident? _open;
    private long _lastFiring;
    private int _firing;

    public IReadOnlyList<Incident> Incidents => _incidents;

    public Incident? Open => _open;

    /// <summary>A detector began to fire, or says something new: another rule, or much more than before.</summary>
    public void Fire(DetectorSlot slot, in Finding finding, in Point point, bool begins, List<IncidentChange> changes)
    {
        if (begins)
            _firing++;
        _lastFiring = point.Step;
        var evidence = new Evidence(
            slot.Kind.Id, finding.Rule, point.Series, finding.SinceStep, point.Step,
            finding.Value, finding.Threshold, slot.Detector.Describe(finding));
        AddSignal(new(slot.Kind.Cause, finding.SinceStep));

        if (_open is null)
        {
            _incidents.Add(Named(Started(finding, evidence)));
            _open = _incidents[^1];
            changes.Add(new(IncidentChangeKind.Opened, point.Step, _open));
            return;
        }

        Incident before = _open;
        Replace(Named(before with
        {
            State = IncidentState.Firing,
            Severity = finding.Severity > before.Severity ? finding.Severity : before.Severity,
            IsLatched = before.IsLatched || finding.Latches,
            SinceStep = Math.Min(before.SinceStep, finding.SinceStep),
            LastFiringStep = point.Step,
            Evidence = Joined(before.Evidence, evidence),
        }));
        bool isNews = before.State == IncidentState.Firing || _open.Severity != before.Severity || _open.Cause != before.Cause;
        changes.Add(new(isNews ? IncidentChangeKind.Updated : IncidentChangeKind.Returned, point.Step, _open));
    }

    /// <summary>A detector that fired still does.</summary>
    public void Hold(long step) => _lastFiring = step;

    /// <summary>A detector that fired does so no more.</summary>
    public void Calm(long step, List<IncidentChange> changes)
    {
        _firing--;
        if (_open is null || _firing > 0 || _open.IsLatched)
            return;

        Replace(_open with { State = IncidentState.Recovering, LastFiringStep = _lastFiring });
        changes.Add(new(IncidentChangeKind.Recovering, step, _open));
    }

    /// <summary>The run's clock moved: an incident that has been quiet for long enough is closed.</summary>
    public void Advance(long step, List<IncidentChange> changes)
    {
        if (_open is { State: IncidentState.Recovering } && step - _lastFiring > quietSteps)
            Close(step, "recovered", changes);
    }

    /// <summary>Closes the open incident, if any; the detectors' own firing must be cleared by the caller.</summary>
    public void Close(long step, string resolution, List<IncidentChange> changes)
    {
        if (_open is null)
            return;

        Replace(_open with
        {
            State = IncidentState.Resolved, ClosedStep = step, Resolution = resolution, LastFiringStep = _lastFiring,
        });
        changes.Add(new(IncidentChangeKind.Closed, step, _open));
        _open = null;
        _firing = 0;
        _signals.Clear();
    }

    /// <summary>Takes over what was saved; the number of firing detectors is counted from the slots.</summary>
    public void Restore(IEnumerable<Incident> incidents, IEnumerable<Signal> signals, long lastFiring, int firing)
    {
        _incidents.AddRange(incidents);
        _signals.AddRange(signals);
        _open = _incidents.Count > 0 && _incidents[^1].IsOpen ? _incidents[^1] : null;
        _lastFiring = lastFiring;
        _firing = firing;
    }

    public IReadOnlyList<Signal> Signals => _signals;

    public long LastFiringStep => _lastFiring;

    private Incident Started(in Finding finding, Evidence evidence) => new()
    {
        Id = _incidents.Count + 1,
        Cause = "",
        Severity = finding.Severity,
        State = IncidentState.Firing,
        IsLatched = finding.Latches,
        SinceStep = finding.SinceStep,
        OpenedStep = evidence.Step,
        LastFiringStep = evidence.Step,
        Title = "",
        Evidence = [evidence],
        Remedy = [],
    };

    private Incident Named(Incident incident)
    {
        CauseEntry entry = CauseCatalogue.Of(CauseChoice.Name(_signals));
        return incident with { Cause = entry.Cause, Title = IncidentTitle.Of(entry, incident.Evidence), Remedy = entry.Remedy };
    }

    private void Replace(Incident incident)
    {
        _incidents[^1] = incident;
        _open = incident;
    }

    private void AddSignal(Signal signal)
    {
        int known = _signals.FindIndex(s => s.Cause == signal.Cause);
        if (known < 0)
            _signals.Add(signal);
        else if (signal.SinceStep < _signals[known].SinceStep)
            _signals[known] = signal;
    }

    private static Evidence[] Joined(IReadOnlyList<Evidence> evidence, Evidence latest)
    {
        List<Evidence> joined = [.. evidence];
        int same = joined.FindIndex(e => e.Detector == latest.Detector && e.Rule == latest.Rule && e.Series == latest.Series);
        if (same >= 0)
            joined[same] = latest with { SinceStep = Math.Min(latest.SinceStep, joined[same].SinceStep) };
        else if (joined.Count < MaxEvidence)
            joined.Add(latest);
        return [.. joined];
    }
}
