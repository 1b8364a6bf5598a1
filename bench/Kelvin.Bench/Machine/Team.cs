namespace Kelvin.Bench.Machine;

/// <summary>Standing threads that do one piece of work together; the caller is one of them.</summary>
internal sealed class Team : IDisposable
{
    private readonly Action<int> _work;
    private readonly Barrier _barrier;

    public Team(int threads, Action<int> work)
    {
        Threads = threads;
        _work = work;
        _barrier = new Barrier(threads);
        for (int i = 1; i < threads; i++)
        {
            int index = i;
            new Thread(() => Serve(index)) { IsBackground = true }.Start();
        }
    }

    public int Threads { get; }

    public void Run()
    {
        if (Threads > 1)
            _barrier.SignalAndWait();
        _work(0);
        if (Threads > 1)
            _barrier.SignalAndWait();
    }

    /// <summary>The contestant lives as long as its process; this is for those who do not.</summary>
    public void Dispose() => _barrier.Dispose();

    private void Serve(int index)
    {
        while (true)
        {
            _barrier.SignalAndWait();
            _work(index);
            _barrier.SignalAndWait();
        }
    }
}
