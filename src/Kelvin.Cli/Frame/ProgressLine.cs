using System.Globalization;

namespace Kelvin.Cli.Frame;

/// <summary>A progress bar on standard error for work of known size: after a second, and never when redirected.</summary>
/// <param name="host">Where to draw.</param>
/// <param name="title">What is being done, in a word or two.</param>
internal sealed class ProgressLine(CliHost host, string title) : IDisposable
{
    private readonly LiveBlock _block = new(host);

    /// <summary>Tells how far the work is.</summary>
    /// <param name="share">From 0 to 1.</param>
    /// <param name="detail">What is being worked on; empty for nothing.</param>
    public void Report(double share, string detail = "")
    {
        if (!_block.IsDue)
            return;

        TimeSpan left = share > 0 ? _block.Elapsed * ((1 - share) / share) : TimeSpan.Zero;
        _block.Draw([string.Create(
            CultureInfo.InvariantCulture,
            $"{title} {LiveBlock.Bar(share, 24)} {share,4:P0}  {left.TotalSeconds:F0} s left  {detail}")]);
    }

    /// <summary>Writes a line that stays, above the bar.</summary>
    public void WriteAbove(string kind, string text) => _block.WriteAbove(kind, text);

    public void Dispose() => _block.Dispose();
}
