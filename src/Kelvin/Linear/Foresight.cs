namespace Kelvin.Linear;

/// <summary>How far a thread that stands by has read into what its caller will need next.</summary>
/// <param name="threads">That share it, a run each.</param>
internal struct Foresight(int threads)
{
    /// <summary>A step between two looks for work: 50 ns.</summary>
    private const int Step = 1024;

    /// <summary>So much stays in a second-level cache beside what else is in use.</summary>
    private const int Most = 256 << 10;

    private IReadAhead? _memory;
    private long _at;
    private long _end;

    /// <summary>Reads a little of it; false when there is nothing to read.</summary>
    /// <param name="expected">What comes next, if that is known.</param>
    /// <param name="seat">The thread's seat at its last range, and probably at the next; 0 if it had none.</param>
    public bool Advance(IReadAhead? expected, int seat)
    {
        if (expected is null || seat == 0)
            return false;
        if (!ReferenceEquals(expected, _memory))
        {
            _memory = expected;
            _at = expected.Length * seat / threads;
            _end = Math.Min(_at + Most, expected.Length * (seat + 1) / threads);
        }

        if (_at >= _end)
            return false;
        expected.Touch(_at, (int)Math.Min(Step, _end - _at));
        _at += Step;
        return true;
    }
}
