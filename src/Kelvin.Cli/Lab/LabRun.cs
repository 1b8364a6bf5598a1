using System.CommandLine;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Lab;

/// <summary>One run of an experiment: what was asked for, and the means to do it.</summary>
/// <param name="host">The process around it.</param>
/// <param name="arguments">The parsed command line, for the experiment's own options.</param>
/// <param name="progress">Told how far the work is.</param>
/// <param name="cancellationToken">Ctrl-C; looked at between jobs and inside long ones.</param>
internal sealed class LabRun(CliHost host, ParseResult arguments, LabProgress progress, CancellationToken cancellationToken)
{
    private readonly long _start = host.Time.GetTimestamp();

    public CliHost Host { get; } = host;

    public ParseResult Arguments { get; } = arguments;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Whether less work was asked for.</summary>
    public required bool IsQuick { get; init; }

    /// <summary>The seed that all others follow from.</summary>
    public required int Seed { get; init; }

    /// <summary>Jobs at a time; results must not depend on it.</summary>
    public required int Threads { get; init; }

    /// <summary>How long it has taken so far.</summary>
    public TimeSpan Elapsed => Host.Time.GetElapsedTime(_start);

    /// <summary>The seeds of an experiment over several: <see cref="Seed"/> and those that follow it.</summary>
    public int[] Seeds(int count) => [.. Enumerable.Range(0, count).Select(i => unchecked(Seed + i))];

    /// <summary>Does independent jobs in parallel, with a progress bar; the results are in the order of the jobs.</summary>
    /// <param name="stage">What is being done, in a few words.</param>
    /// <param name="jobs">The jobs; each must depend on nothing but itself.</param>
    /// <param name="news">A finished job in a line for the progress view, or null for none.</param>
    public T[] Do<T>(string stage, IReadOnlyList<Func<T>> jobs, Func<T, string>? news = null) => Do(
        stage,
        jobs.Count,
        [
            .. jobs.Select(job => (Func<Action<string?>, T>)(tell =>
            {
                T result = job();
                tell(news?.Invoke(result));
                return result;
            })),
        ]);

    /// <summary>The same for jobs that tell of several parts each.</summary>
    /// <param name="stage">What is being done, in a few words.</param>
    /// <param name="parts">How often the jobs will tell that a part is done, all together.</param>
    /// <param name="jobs">The jobs; each is given the way to tell.</param>
    public T[] Do<T>(string stage, int parts, IReadOnlyList<Func<Action<string?>, T>> jobs)
    {
        progress.Begin(stage, parts);
        return ParallelJobs.Run(
            [
                .. jobs.Select(job => (Func<T>)(() =>
                {
                    CancellationToken.ThrowIfCancellationRequested();
                    return job(progress.Done);
                })),
            ],
            Threads,
            CancellationToken);
    }
}
