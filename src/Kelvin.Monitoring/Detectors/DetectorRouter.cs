namespace Kelvin.Monitoring;

/// <summary>Makes the run's detectors as its series appear, and knows which of them a point concerns.</summary>
/// <remarks>
/// A per-layer detector that appears after whole-run inputs did is first shown each such input's first and latest point, so that
/// "the gradient at the start" means the same for it.
/// </remarks>
internal sealed class DetectorRouter(IReadOnlyList<DetectorKind> kinds, int maxSeries, DetectorRouter.Feed feed)
{
    private readonly Dictionary<Series, DetectorRoute> _routes = [];
    private readonly Dictionary<(string Kind, Series Place), DetectorSlot> _index = [];
    private readonly List<DetectorSlot> _slots = [];
    private readonly List<Series> _order = [];

    /// <summary>Shows a detector a point outside the usual way.</summary>
    public delegate void Feed(DetectorSlot slot, in Point point);

    public IReadOnlyList<DetectorSlot> Slots => _slots;

    /// <summary>The series in the order in which they appeared.</summary>
    public IReadOnlyList<Series> Order => _order;

    public DetectorRoute RouteOf(Series series) => _routes[series];

    /// <summary>The detectors that a point concerns.</summary>
    public ReadOnlySpan<DetectorSlot> Route(in Point point, out bool isIgnored)
    {
        isIgnored = false;
        if (!_routes.TryGetValue(point.Series, out DetectorRoute? route))
        {
            if (_routes.Count >= maxSeries)
            {
                isIgnored = true;
                return [];
            }

            route = new DetectorRoute { First = point };
            Appear(point.Series, route);
        }

        route.Latest = point;
        return route.Slots;
    }

    /// <summary>Takes over a saved series with its first and latest point.</summary>
    /// <returns>False if the series is there already.</returns>
    public bool TryRestoreRoute(in Point first, in Point latest)
    {
        if (!_routes.TryAdd(first.Series, new DetectorRoute { First = first, Latest = latest }))
            return false;

        _order.Add(first.Series);
        return true;
    }

    /// <summary>Takes over a saved detector's slot; routes are filled by <see cref="Connect"/>.</summary>
    /// <returns>The slot, or null if there is one already.</returns>
    public DetectorSlot? RestoreSlot(DetectorKind kind, Series place)
    {
        if (_index.ContainsKey((kind.Id, place)))
            return null;

        var slot = new DetectorSlot(kind, place);
        _index.Add((kind.Id, place), slot);
        _slots.Add(slot);
        return slot;
    }

    /// <summary>Works out anew which detectors each series concerns.</summary>
    public void Connect()
    {
        foreach (Series series in _order)
            _routes[series].Slots = [.. _slots.Where(slot => Concerns(slot, series))];
    }

    public IReadOnlyList<DetectorStatus> Statuses(int failuresBeforeOff)
    {
        List<DetectorStatus> statuses = [];
        foreach (DetectorKind kind in kinds)
        {
            List<DetectorSlot> own = _slots.FindAll(slot => slot.Kind == kind);
            if (own.Count == 0)
                statuses.Add(new(kind.Id, new(kind.Id), DetectorState.Inactive, Missing(kind, 0), 0, null));
            foreach (DetectorSlot slot in own)
                statuses.Add(Status(slot, failuresBeforeOff));
        }

        return statuses;
    }

    private static DetectorStatus Status(DetectorSlot slot, int failuresBeforeOff)
    {
        List<string> missing = Missing(slot.Kind, slot.Seen);
        DetectorState state = slot switch
        {
            { Failures: var n } when n >= failuresBeforeOff => DetectorState.Error,
            _ when missing.Count > 0 => DetectorState.Inactive,
            { IsFiring: true } => DetectorState.Firing,
            { Last: FindingKind.Pending } => DetectorState.Pending,
            { Last: FindingKind.Unknown } => DetectorState.Unknown,
            _ => DetectorState.Watching,
        };
        return new(slot.Kind.Id, slot.Place, state, missing, slot.Failures, slot.LastError);
    }

    private static List<string> Missing(DetectorKind kind, int seen)
    {
        List<string> missing = [];
        for (int i = 0; i < kind.Inputs.Count; i++)
        {
            if ((seen & (1 << i)) == 0)
                missing.Add(kind.Inputs[i]);
        }

        return missing;
    }

    private static Series? PlaceOf(DetectorKind kind, Series series) => kind.Scope switch
    {
        _ when !kind.Reads(series.Name) => null,
        DetectorScope.Series => series,
        DetectorScope.Run => series.IsWholeRun ? new Series(kind.Id) : null,
        _ when series == new Series(series.Name, series.Layer, series.Head) && series.Layer is not null => new Series(kind.Id, series.Layer, series.Head),
        _ => null,
    };

    private static bool Concerns(DetectorSlot slot, Series series) =>
        PlaceOf(slot.Kind, series) == slot.Place || IsShared(slot.Kind, series);

    /// <summary>A whole-run input of a per-layer detector concerns the detectors of all layers.</summary>
    private static bool IsShared(DetectorKind kind, Series series) =>
        kind.Scope == DetectorScope.Layer && series.IsWholeRun && kind.Reads(series.Name);

    private void Appear(Series series, DetectorRoute route)
    {
        List<DetectorSlot> made = [];
        foreach (DetectorKind kind in kinds)
        {
            if (PlaceOf(kind, series) is { } place && RestoreSlot(kind, place) is { } slot)
                made.Add(slot);
        }

        foreach (DetectorSlot slot in made)
            CatchUp(slot);
        _routes.Add(series, route);
        _order.Add(series);
        if (made.Count > 0)
            Connect();
        else
            route.Slots = [.. _slots.Where(slot => Concerns(slot, series))];
        foreach (DetectorSlot slot in route.Slots)
            slot.MarkSeen(series.Name);
    }

    private void CatchUp(DetectorSlot slot)
    {
        foreach (Series earlier in _order)
        {
            if (!IsShared(slot.Kind, earlier))
                continue;

            DetectorRoute route = _routes[earlier];
            slot.MarkSeen(earlier.Name);
            feed(slot, route.First);
            if (route.Latest != route.First)
                feed(slot, route.Latest);
        }
    }
}
