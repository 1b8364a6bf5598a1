namespace Kelvin.Cli.Frame;

/// <summary>A few lines on standard error that are redrawn in place while work goes on; nothing at all if it is redirected.</summary>
/// <remarks>It appears after a second and is redrawn at most ten times a second, so quick work stays silent. Not thread-safe.</remarks>
/// <param name="host">Where to draw.</param>
internal sealed class LiveBlock(CliHost host) : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly long _start = host.Time.GetTimestamp();
    private long _last;
    private int _drawn;

    /// <summary>Whether it is time to redraw; ask before composing lines that cost something.</summary>
    public bool IsDue =>
        host.ErrorIsTerminal && (_drawn > 0
            ? host.Time.GetElapsedTime(_last) >= Interval
            : host.Time.GetElapsedTime(_start) >= Delay);

    /// <summary>How long the work has gone on.</summary>
    public TimeSpan Elapsed => host.Time.GetElapsedTime(_start);

    /// <summary>Draws the lines in the place of those before.</summary>
    public void Draw(IReadOnlyList<string> lines)
    {
        if (!host.ErrorIsTerminal)
            return;

        Clear();
        foreach (string line in lines)
            host.Error.WriteLine(line.Length < host.ErrorWidth ? line : line[..(host.ErrorWidth - 1)]);
        _drawn = lines.Count;
        _last = host.Time.GetTimestamp();
    }

    /// <summary>Writes a line that stays, above the block.</summary>
    public void WriteAbove(string kind, string text)
    {
        Clear();
        Complaint.Write(host, kind, text);
    }

    /// <summary>A bar of <paramref name="width"/> columns, filled to a share from 0 to 1.</summary>
    public static string Bar(double share, int width)
    {
        int filled = (int)Math.Round(Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * width);
        return new string('━', filled) + new string('─', width - filled);
    }

    /// <summary>Removes the lines.</summary>
    public void Dispose() => Clear();

    private void Clear()
    {
        if (_drawn == 0)
            return;

        host.Error.Write($"\u001b[{_drawn}A\u001b[J");
        _drawn = 0;
    }
}
