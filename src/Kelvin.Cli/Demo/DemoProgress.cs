using System.Globalization;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Demo;

/// <summary>What the user sees while the demo works: a bar and the latest news on standard error, nothing when it is redirected.</summary>
/// <remarks>Told from several threads.</remarks>
internal sealed class DemoProgress : IDisposable
{
    private const int News = 5;
    private readonly Lock _lock = new();
    private readonly LiveBlock _block;
    private readonly Queue<string> _news = new();
    private string _stage = string.Empty;
    private int _done;
    private int _total = 1;

    public DemoProgress(CliHost host)
    {
        _block = new LiveBlock(host);
    }

    /// <summary>Begins a stage of so many jobs.</summary>
    public void Begin(string stage, int total)
    {
        lock (_lock)
        {
            (_stage, _done, _total) = (stage, 0, total);
            Draw();
        }
    }

    /// <summary>A job of the stage is done.</summary>
    public void Done(string news)
    {
        lock (_lock)
        {
            _done++;
            _news.Enqueue(news);
            if (_news.Count > News)
                _news.Dequeue();
            Draw();
        }
    }

    /// <summary>A stability run is done.</summary>
    public void Done(StabilityRun run) => Done(DemoWords.News(run));

    public void Dispose()
    {
        lock (_lock)
            _block.Dispose();
    }

    private void Draw()
    {
        if (!_block.IsDue)
            return;

        double share = (double)_done / _total;
        List<string> lines = [string.Create(CultureInfo.InvariantCulture, $"{_stage,-34} {LiveBlock.Bar(share, 28)} {_done} of {_total}")];
        lines.AddRange(_news.Select(news => $"  {news}"));
        _block.Draw(lines);
    }
}
