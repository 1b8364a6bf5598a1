using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Kelvin.Cli.Frame;

/// <summary>Does independent jobs on several threads. Each writes its own place, so the results do not depend on how many.</summary>
internal static class ParallelJobs
{
    public static T[] Run<T>(IReadOnlyList<Func<T>> jobs, int threads, CancellationToken cancellationToken)
    {
        var results = new T[jobs.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        OrderablePartitioner<int> oneAtATime = Partitioner.Create(Enumerable.Range(0, jobs.Count), EnumerablePartitionerOptions.NoBuffering);
        try
        {
            Parallel.ForEach(oneAtATime, options, i => results[i] = jobs[i]());
        }
        catch (AggregateException several)
        {
            Exception first = several.Flatten().InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException) ?? several.InnerExceptions[0];
            ExceptionDispatchInfo.Throw(first);
        }

        return results;
    }
}
