namespace Kelvin.Linear;

/// <summary>Who may join a range and who has: taken without a lock, left without one unless the caller sleeps.</summary>
internal sealed class Seats
{
    private const int OneTaken = 1 << 16;

    private readonly object _sleep = new();

    /// <summary>Taken seats above 16 bits of free ones.</summary>
    private int _state;
    private int _size;
    private bool _isAsleep;

    /// <summary>Opens so many seats, numbered from 1.</summary>
    public void Open(int count)
    {
        _size = count;
        Interlocked.Exchange(ref _state, count);
    }

    /// <summary>The seat's number, or 0 if none is free.</summary>
    public int Take()
    {
        int seen = Volatile.Read(ref _state);
        while ((ushort)seen > 0)
        {
            int before = Interlocked.CompareExchange(ref _state, seen + OneTaken - 1, seen);
            if (before == seen)
                return _size - (ushort)seen + 1;
            seen = before;
        }

        return 0;
    }

    /// <summary>Gives the seat back; nobody takes it again.</summary>
    public void Leave()
    {
        if (Interlocked.Add(ref _state, -OneTaken) >= OneTaken || !Volatile.Read(ref _isAsleep))
            return;
        lock (_sleep)
            Monitor.PulseAll(_sleep);
    }

    /// <summary>Closes what is free and returns when nobody sits: by looking often, then seldom, then asleep.</summary>
    public void CloseAndWait(int shortSpins, int longSpins)
    {
        if (Interlocked.And(ref _state, ~0xFFFF) < OneTaken)
            return;
        for (int i = 0; i < shortSpins + longSpins && IsTaken; i++)
            Thread.SpinWait(i < shortSpins ? 1 : 20);
        if (IsTaken)
            Sleep();
    }

    private bool IsTaken => Volatile.Read(ref _state) != 0;

    private void Sleep()
    {
        lock (_sleep)
        {
            Volatile.Write(ref _isAsleep, true);
            Interlocked.MemoryBarrier();   // either the last to leave sees the sleeper, or the sleeper sees that all have left
            while (IsTaken)
                Monitor.Wait(_sleep);
            Volatile.Write(ref _isAsleep, false);
        }
    }
}
