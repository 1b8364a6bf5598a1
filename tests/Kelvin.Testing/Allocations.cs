namespace Kelvin.Testing;

/// <summary>What code allocates once it is warm.</summary>
public static class Allocations
{
    /// <summary>The fewest bytes that any of several rounds of a call allocated on this thread.</summary>
    /// <inheritdoc cref="Fewest{T}(Func{T}, Action{T}, int)"/>
    public static long Fewest(Action run, int rounds = 5) => Fewest(() => run, action => action(), rounds);

    /// <summary>The fewest bytes that any of several rounds allocated on this thread.</summary>
    /// <remarks>A method that the runtime compiles again while it runs may allocate in that round, and only in that; what the code itself allocates, it does each time.</remarks>
    /// <param name="makeReady">Makes what a round needs; not counted.</param>
    /// <param name="run">What is counted.</param>
    /// <param name="rounds">How often, ≥ 1.</param>
    public static long Fewest<T>(Func<T> makeReady, Action<T> run, int rounds = 5)
    {
        ArgumentNullException.ThrowIfNull(makeReady);
        ArgumentNullException.ThrowIfNull(run);
        long fewest = long.MaxValue;
        for (int round = 0; round < rounds; round++)
        {
            T ready = makeReady();
            long before = GC.GetAllocatedBytesForCurrentThread();
            run(ready);
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }
}
