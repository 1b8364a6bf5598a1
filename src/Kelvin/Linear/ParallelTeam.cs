using System.Runtime.ExceptionServices;

namespace Kelvin.Linear;

/// <summary>A caller and the pool threads that help it through one range at a time; kept by the caller's thread for its next range.</summary>
/// <remarks>
/// A helper takes a seat before it touches the range. The caller closes the seats when no piece is left and waits only for those
/// who sit; a helper that comes too late finds no seat, or one of the caller's next range, and both are harmless.
/// </remarks>
internal sealed class ParallelTeam<TBody> : IHelpedRange, IThreadPoolWorkItem
    where TBody : struct, IRangeBody
{
    /// <summary>About 50 µs, which a piece seldom lasts, then as long again in steps of half a microsecond, then sleep.</summary>
    private const int ShortSpins = 1000;
    private const int LongSpins = 2000;

    [ThreadStatic]
    private static ParallelTeam<TBody>? _team;

    private readonly PieceShares _shares = new();
    private readonly Seats _seats = new();
    private int _called;

    private TBody _body;
    private int _count;
    private int _grain;
    private PieceOrder _order;
    private ExceptionDispatchInfo? _failure;

    /// <summary>The calling thread's own team.</summary>
    public static ParallelTeam<TBody> ForThisThread => _team ??= new ParallelTeam<TBody>();

    /// <summary>Runs all pieces on the caller and up to <paramref name="size"/> − 1 helpers.</summary>
    /// <param name="count">Indices.</param>
    /// <param name="grain">Of a piece.</param>
    /// <param name="pieces">Their number.</param>
    /// <param name="size">Seats, the caller's among them.</param>
    /// <param name="order">How the pieces are dealt out.</param>
    /// <param name="body">The work.</param>
    public void Run(int count, int grain, int pieces, int size, PieceOrder order, TBody body)
    {
        (_body, _count, _grain, _order, _failure) = (body, count, grain, order, null);
        _shares.Deal(pieces, size, order);
        _seats.Open(size - 1);
        CallHelpers(size - 1);
        TakePieces(0);
        _seats.CloseAndWait(ShortSpins, LongSpins);
        _body = default;   // keeps nobody's memory alive
        _failure?.Throw();
    }

    /// <inheritdoc/>
    public int Help()
    {
        int seat = _seats.Take();
        if (seat == 0)
            return 0;
        TakePieces(seat);
        _seats.Leave();
        return seat;
    }

    /// <summary>A helper's turn, as the pool calls it.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Decrement(ref _called);
        Help();
    }

    private void CallHelpers(int helpers)
    {
        if (ParallelStandby.OfThisThread is { } standby)
        {
            standby.Offer(this, helpers);
            return;
        }

        int missing = helpers - Volatile.Read(ref _called);   // those called for an earlier range that never came will come to this one
        for (int i = 0; i < missing; i++)
        {
            Interlocked.Increment(ref _called);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private void TakePieces(int seat)
    {
        ParallelRange.IsInside = true;
        try
        {
            TBody body = _body;
            for ((int piece, int end) = _shares.Next(seat); piece < end; (piece, end) = _shares.Next(seat))
            {
                for (int upTo = piece; piece < end; piece = upTo)
                {
                    upTo = _order == PieceOrder.Runs ? end : piece + 1;
                    body.Run(piece * _grain, (int)Math.Min((long)upTo * _grain, _count));
                }
            }
        }
        catch (Exception e)   // carried to the caller, whichever thread it rose on
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            _shares.Stop();
        }
        finally
        {
            ParallelRange.IsInside = false;
        }
    }
}
