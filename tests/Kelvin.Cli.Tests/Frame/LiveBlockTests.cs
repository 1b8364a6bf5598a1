using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Frame;

public sealed class LiveBlockTests : IDisposable
{
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly SteppedTime _time = new();

    [Fact]
    public void It_appears_after_a_second_and_is_redrawn_ten_times_a_second_at_most()
    {
        using var block = new LiveBlock(Host(isTerminal: true));

        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(block.IsDue);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(block.IsDue);
        block.Draw(["one", "two"]);
        Assert.False(block.IsDue);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(block.IsDue);
    }

    [Fact]
    public void A_redraw_replaces_the_lines_and_the_end_removes_them()
    {
        using (var block = new LiveBlock(Host(isTerminal: true)))
        {
            block.Draw(["one", "two"]);
            block.Draw(["three"]);
        }

        Assert.Equal("one\ntwo\n\u001b[2A\u001b[Jthree\n\u001b[1A\u001b[J", _error.ToString());
    }

    [Fact]
    public void What_stays_is_written_above_it()
    {
        using var block = new LiveBlock(Host(isTerminal: true));
        block.Draw(["one"]);

        block.WriteAbove("warning", "hot");

        Assert.Equal("one\n\u001b[1A\u001b[J\u001b[1;33mwarning:\u001b[0m hot\n", _error.ToString());
    }

    [Fact]
    public void Where_nobody_watches_only_what_stays_is_written_and_without_colour()
    {
        using (var block = new LiveBlock(Host(isTerminal: false)))
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            Assert.False(block.IsDue);
            block.Draw(["one"]);
            block.WriteAbove("warning", "hot");
        }

        using (var line = new ProgressLine(Host(isTerminal: false), "Work"))
            line.Report(0.5);

        Assert.Equal("warning: hot\n", _error.ToString());
    }

    [Fact]
    public void A_progress_line_shows_share_and_time_left_within_its_width()
    {
        using (var line = new ProgressLine(Host(isTerminal: true), "Work"))
        {
            _time.Advance(TimeSpan.FromSeconds(6));
            line.Report(0.25, new string('x', 100));
        }

        string drawn = _error.ToString().Split('\n')[0];
        Assert.StartsWith("Work ━━━━━━────────────────── 25 %  18 s left  xxx", drawn, StringComparison.Ordinal);
        Assert.Equal(CliHost.PipedWidth - 1, drawn.Length);
    }

    public void Dispose() => _error.Dispose();

    private CliHost Host(bool isTerminal) =>
        new(TextWriter.Null, _error, new Dictionary<string, string>(StringComparer.Ordinal), "/", _time) { ErrorIsTerminal = isTerminal };

    /// <summary>A clock that moves when told to.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}
