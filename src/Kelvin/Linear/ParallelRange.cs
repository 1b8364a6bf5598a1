namespace Kelvin.Linear;

/// <summary>Runs a range of indices in pieces on the caller and, when asked, on threads of the pool.</summary>
internal static class ParallelRange
{
    [ThreadStatic]
    private static bool _isInside;

    /// <summary>Whether this thread is inside the body of a parallel range; a range begun there runs inline.</summary>
    public static bool IsInside
    {
        get => _isInside;
        set => _isInside = value;
    }

    /// <summary>Runs <paramref name="body"/> over 0 … <paramref name="count"/> − 1 and returns when all of it is done.</summary>
    /// <param name="count">Number of indices; 0 does nothing.</param>
    /// <param name="grain">Length of a piece, ≥ 1. Pieces start at multiples of it, whatever the number of threads.</param>
    /// <param name="threads">1: the caller alone; n: the caller and at most n − 1 threads of the pool.</param>
    /// <param name="body">Called once for each piece. Each thread works on a copy of it.</param>
    /// <param name="order">How threads go through the pieces.</param>
    /// <remarks>
    /// <para>The cut does not depend on <paramref name="threads"/>: a body whose pieces write apart gives the same bits on any number.
    /// (With <see cref="PieceOrder.Runs"/> it does: there the indices must be independent.)</para>
    /// <para>The caller takes part and never waits for a thread that has not begun, so a starved pool costs speed only.
    /// Inside a body another call runs inline.</para>
    /// <para>The first exception stops the pieces not yet begun and is thrown to the caller once the others have ended.</para>
    /// <para>Cost: nothing on the heap, once each calling thread has made its first parallel call with this body type.</para>
    /// </remarks>
    public static void For<TBody>(int count, int grain, int threads, TBody body, PieceOrder order = PieceOrder.Next)
        where TBody : struct, IRangeBody
    {
        Require.That(count >= 0, "count is negative, but must be at least 0.", nameof(count));
        Require.Positive(grain);
        Require.Positive(threads);

        int pieces = (int)(((long)count + grain - 1) / grain);
        int team = Math.Min(Math.Min(threads, pieces), Environment.ProcessorCount);
        if (team > 1 && !IsInside)
            ParallelTeam<TBody>.ForThisThread.Run(count, grain, pieces, team, order, body);
        else
            RunAlone(count, order == PieceOrder.Runs ? Math.Max(1, count) : grain, body);
    }

    private static void RunAlone<TBody>(int count, int grain, TBody body)
        where TBody : struct, IRangeBody
    {
        for (int start = 0; start < count;)
        {
            int end = start + Math.Min(grain, count - start);
            body.Run(start, end);
            start = end;
        }
    }
}
