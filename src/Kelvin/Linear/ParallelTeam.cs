using System.Runtime.ExceptionServices;

namespace Kelvin.Linear;

/// <summary>A caller and the pool threads that help it through one range at a time; kept by the caller's thread for its next range.</summary>
/// <remarks>
/// A helper takes a seat before it touches the range. The caller closes the seats when no piece is left and waits only for those
/// who sit; a helper that the pool starts too late finds no seat, or one of the caller's next range, and both are harmless.
/// </remarks>
internal sealed class ParallelTeam<TBody> : IThreadPoolWorkItem
    where TBody : struct, IRangeBody
{
    private const int SpinsBeforeSleep = 2000;

    [ThreadStatic]
    private static ParallelTeam<TBody>? _team;

    private readonly object _seats = new();
    private int _freeSeats;
    private int _seated;
    private int _called;

    private TBody _body;
    private int _count;
    private int _grain;
    private int _pieces;
    private int _next;
    private ExceptionDispatchInfo? _failure;

    /// <summary>The calling thread's own team.</summary>
    public static ParallelTeam<TBody> ForThisThread => _team ??= new ParallelTeam<TBody>();

    /// <summary>Runs all pieces on the caller and up to <paramref name="size"/> − 1 helpers.</summary>
    public void Run(int count, int grain, int pieces, int size, TBody body)
    {
        (_body, _count, _grain, _pieces, _next, _failure) = (body, count, grain, pieces, 0, null);
        CallHelpers(size - 1);
        TakePieces();
        WaitUntilEverybodyLeft();
        _body = default;   // keeps nobody's memory alive
        _failure?.Throw();
    }

    /// <summary>A helper's turn: take a seat if one is free, help, leave.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        lock (_seats)
        {
            _called--;
            if (_freeSeats == 0)
                return;
            _freeSeats--;
            _seated++;
        }

        TakePieces();
        lock (_seats)
        {
            if (--_seated == 0)
                Monitor.PulseAll(_seats);
        }
    }

    private void CallHelpers(int helpers)
    {
        int missing;
        lock (_seats)
        {
            _freeSeats = helpers;
            missing = helpers - _called;   // those called for an earlier range that never came will come to this one
            _called = Math.Max(_called, helpers);
        }

        for (int i = 0; i < missing; i++)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void TakePieces()
    {
        ParallelRange.IsInside = true;
        try
        {
            TBody body = _body;
            while (true)
            {
                int piece = Interlocked.Increment(ref _next) - 1;
                if (piece >= _pieces)
                    return;
                int start = piece * _grain;
                body.Run(start, start + Math.Min(_grain, _count - start));
            }
        }
        catch (Exception e)   // carried to the caller, whichever thread it rose on
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            Volatile.Write(ref _next, _pieces);
        }
        finally
        {
            ParallelRange.IsInside = false;
        }
    }

    private void WaitUntilEverybodyLeft()
    {
        lock (_seats)
            _freeSeats = 0;
        for (int i = 0; i < SpinsBeforeSleep && Volatile.Read(ref _seated) > 0; i++)
            Thread.SpinWait(20);
        lock (_seats)
        {
            while (_seated > 0)
                Monitor.Wait(_seats);
        }
    }
}
