using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kelvin.Bench.Ratios;

/// <summary>The child process: warms contestants up until their code is optimised, then times a stretch of the one that each line it is sent names.</summary>
internal static class ContestantHost
{
    private static readonly TimeSpan Stretch = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(20);

    public static int Serve(string promiseName, IReadOnlyList<string> sides)
    {
        using var listener = new TierListener();
        Promise promise = PromiseList.Find(promiseName);
        var contestants = sides.ToDictionary(side => side, side => promise.Side(side)!(), StringComparer.Ordinal);
        var runs = contestants.ToDictionary(side => side.Key, side => WarmUp(side.Value, listener), StringComparer.Ordinal);
        Console.Out.WriteLine("ready");

        while (Console.In.ReadLine() is { } side)
            Console.Out.WriteLine(Measure(contestants[side], runs[side], listener));

        return 0;
    }

    /// <summary>Runs until the JIT has optimised Run and compiled nothing for a while; returns the runs that fill a stretch.</summary>
    /// <remarks>Not optimised itself: the JIT would soon draw Run into this loop, and what stands alone would never be called often enough to be optimised.</remarks>
    [MethodImpl(MethodImplOptions.NoOptimization)]
    private static int WarmUp(IContestant contestant, TierListener listener)
    {
        var clock = Stopwatch.StartNew();
        int quiet = 0;
        int runs = 0;
        while (clock.Elapsed < LongestWarmUp && quiet < 5)
        {
            int before = listener.Compiled;
            var stretch = Stopwatch.StartNew();
            for (runs = 0; stretch.Elapsed < 2 * Stretch; runs++)
                contestant.Run();

            bool settled = TierListener.IsOptimised(listener.TierOf(contestant.GetType(), nameof(contestant.Run)));
            quiet = settled && listener.Compiled == before ? quiet + 1 : 0;
        }

        return Math.Max(1, runs / 2);
    }

    [MethodImpl(MethodImplOptions.NoOptimization)]
    private static Sample Measure(IContestant contestant, int runs, TierListener listener)
    {
        int compiled = listener.Compiled;
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < runs; i++)
            contestant.Run();

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Sample(
            contestant is IGauge gauge ? gauge.Reading : contestant.UnitsPerRun * runs / seconds / 1e9,
            (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)runs,
            listener.TierOf(contestant.GetType(), nameof(contestant.Run)),
            listener.Compiled - compiled);
    }
}
