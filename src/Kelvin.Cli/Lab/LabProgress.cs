using System.Globalization;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Lab;

/// <summary>What the user sees while an experiment works: a bar and the latest results on standard error, nothing when it is redirected.</summary>
/// <remarks>Told from several threads.</remarks>
/// <param name="host">Where to draw.</param>
internal sealed class LabProgress(CliHost host) : IDisposable
{
    private const int News = 4;
    private readonly Lock _lock = new();
    private readonly LiveBlock _block = new(host);
    private readonly Queue<string> _news = new();
    private string _stage = string.Empty;
    private TimeSpan _begin;
    private int _done;
    private int _total = 1;

    /// <summary>Begins a stage of so many jobs.</summary>
    public void Begin(string stage, int total)
    {
        lock (_lock)
        {
            (_stage, _done, _total, _begin) = (stage, 0, Math.Max(1, total), _block.Elapsed);
            Draw();
        }
    }

    /// <summary>A job of the stage is done.</summary>
    public void Done(string? news)
    {
        lock (_lock)
        {
            _done++;
            if (news is not null)
                _news.Enqueue(news);
            if (_news.Count > News)
                _news.Dequeue();
            Draw();
        }
    }

    /// <summary>Removes the view.</summary>
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
        double left = _done > 0 ? (_block.Elapsed - _begin).TotalSeconds * (1 - share) / share : double.NaN;
        string rest = double.IsNaN(left) ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"  {left:0} s left");
        List<string> lines = [string.Create(CultureInfo.InvariantCulture, $"{_stage,-24} {LiveBlock.Bar(share, 24)} {_done} of {_total}{rest}")];
        lines.AddRange(_news.Select(news => $"  {news}"));
        _block.Draw(lines);
    }
}
