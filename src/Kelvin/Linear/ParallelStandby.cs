namespace Kelvin.Linear;

/// <summary>Pool threads that stay with a caller from one short range to the next, looking out for it, because waking one costs as much as such a range.</summary>
/// <remarks>
/// <para>While they wait they read into the weights that come next, as far as those are known: otherwise the memory rests whenever the caller is alone.</para>
/// <para>Open it around work of many ranges of some microseconds each. Whoever finds nothing to do for about 100 µs goes, and is called again by the next range.</para>
/// <para>The caller never waits for a thread that has not come, so a starved pool costs speed only. Each thread has one of its own and opens it once at a time.</para>
/// </remarks>
internal sealed class ParallelStandby : IDisposable, IThreadPoolWorkItem
{
    private const int MostSpins = 3000;

    [ThreadStatic]
    private static ParallelStandby? _own;

    private IHelpedRange? _range;
    private IReadAhead? _expected;
    private int _threads;
    private int _offers;
    private int _present;
    private bool _isOpen;

    /// <summary>The calling thread's, while it is open.</summary>
    public static ParallelStandby? OfThisThread => _own is { _isOpen: true } own ? own : null;

    /// <summary>Opens the calling thread's own until it is disposed of; null, and nothing to dispose of, where nobody could help.</summary>
    /// <param name="threads">That the ranges to come will ask for.</param>
    public static ParallelStandby? Open(int threads)
    {
        if (threads == 1 || ParallelRange.IsInside || Environment.ProcessorCount == 1 || OfThisThread is not null)
            return null;
        ParallelStandby own = _own ??= new ParallelStandby();
        own._threads = Math.Min(threads, Environment.ProcessorCount);
        Volatile.Write(ref own._isOpen, true);
        return own;
    }

    /// <summary>Shows a range to those who stand by, and calls those who are missing.</summary>
    public void Offer(IHelpedRange range, int helpers)
    {
        Volatile.Write(ref _range, range);
        Interlocked.Increment(ref _offers);
        for (int missing = helpers - Volatile.Read(ref _present); missing > 0; missing--)
        {
            Interlocked.Increment(ref _present);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Says what the range after the next will read.</summary>
    public void Expect(IReadAhead memory) => Volatile.Write(ref _expected, memory);

    /// <summary>Sends everybody away.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _isOpen, false);
        Volatile.Write(ref _range, null);
        Volatile.Write(ref _expected, null);
    }

    void IThreadPoolWorkItem.Execute()
    {
        var foresight = new Foresight(_threads);
        int seen = Volatile.Read(ref _offers) - 1;
        int seat = 0;
        int spins = 0;
        while (Volatile.Read(ref _isOpen) && spins < MostSpins)
        {
            int offers = Volatile.Read(ref _offers);
            if (offers != seen)
            {
                (seen, spins) = (offers, 0);
                seat = Volatile.Read(ref _range)?.Help() ?? 0;   // a range that has ended meanwhile has no seat left
            }
            else if (!foresight.Advance(Volatile.Read(ref _expected), seat))
            {
                spins++;
                Thread.SpinWait(1);
            }
        }

        Interlocked.Decrement(ref _present);
    }
}
