namespace Kelvin.Linear;

/// <summary>The pieces of a range that nobody has taken yet: one run of them for all seats, or one for each.</summary>
internal sealed class PieceShares
{
    /// <summary>Runs are as many numbers apart as two cache lines hold, so that seats do not wait for one another's.</summary>
    private const int Stride = 16;

    /// <summary>Each the first piece in the upper half, the end in the lower. A piece once taken never comes back, so no value recurs in one range.</summary>
    private long[] _runs = [];
    private int _count;
    private bool _isStopped;

    /// <summary>Deals out pieces 0 … <paramref name="pieces"/> − 1; nobody may be taking any.</summary>
    public void Deal(int pieces, int seats, PieceOrder order)
    {
        _count = order == PieceOrder.Next ? 1 : seats;
        _isStopped = false;
        if (_runs.Length < _count * Stride)
            _runs = new long[_count * Stride];
        for (int i = 0; i < _count; i++)
            _runs[i * Stride] = Run((int)((long)pieces * i / _count), (int)((long)pieces * (i + 1) / _count));
    }

    /// <summary>Nothing more is taken.</summary>
    public void Stop() => Volatile.Write(ref _isStopped, true);

    /// <summary>Pieces for a seat, one behind the other; none, with end = first, when all are taken.</summary>
    /// <remarks>
    /// Of a run of its own a seat takes half of what is left: an interlocked step waits for every read under way, and one for each 24 KB cost a tenth of
    /// the bandwidth.
    /// </remarks>
    public (int First, int End) Next(int seat)
    {
        int own = Math.Min(seat, _count - 1);
        while (!Volatile.Read(ref _isStopped))
        {
            ref long run = ref _runs[own * Stride];
            long seen = Volatile.Read(ref run);
            (int first, int end) = (First(seen), End(seen));
            if (first >= end && !TakeOver(own))
                break;
            int taken = _count == 1 ? 1 : (end - first + 1) / 2;
            if (first < end && Interlocked.CompareExchange(ref run, Run(first + taken, end), seen) == seen)
                return (first, first + taken);
        }

        return default;
    }

    /// <summary>Takes the second half of another seat's run.</summary>
    private bool TakeOver(int own)
    {
        for (int i = 1; i < _count; i++)
        {
            ref long run = ref _runs[(own + i) % _count * Stride];
            long seen = Volatile.Read(ref run);
            while (First(seen) < End(seen))
            {
                int middle = First(seen) + ((End(seen) - First(seen)) / 2);
                long before = Interlocked.CompareExchange(ref run, Run(First(seen), middle), seen);
                if (before == seen)
                {
                    Volatile.Write(ref _runs[own * Stride], Run(middle, End(seen)));
                    return true;
                }

                seen = before;
            }
        }

        return false;
    }

    private static long Run(int first, int end) => ((long)first << 32) | (uint)end;

    private static int First(long run) => (int)(run >> 32);

    private static int End(long run) => (int)run;
}
