using Kelvin.Linear;

namespace Kelvin.Tests.Linear;

public sealed class ForesightTests
{
    [Fact]
    public void A_thread_reads_its_own_run_once_and_no_more_than_fits_its_cache()
    {
        var memory = new Recorder(10 << 20);
        var foresight = new Foresight(2);

        while (foresight.Advance(memory, 1))
        {
        }

        Assert.False(foresight.Advance(memory, 1));
        Assert.Equal((5L << 20, (5L << 20) + (256 << 10)), (memory.First, memory.End));
        Assert.Equal(256 << 10, memory.Bytes);
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2000, 1000, 2000)]
    [InlineData(2001, 1000, 2001)]
    public void It_ends_where_its_run_ends(long length, long first, long end)
    {
        var memory = new Recorder(length);
        var foresight = new Foresight(2);

        while (foresight.Advance(memory, 1))
        {
        }

        Assert.Equal((first, end, end - first), (memory.First, memory.End, memory.Bytes));
    }

    [Fact]
    public void What_comes_next_takes_the_place_of_what_came_before()
    {
        var (one, other) = (new Recorder(1 << 20), new Recorder(1 << 20));
        var foresight = new Foresight(2);

        Assert.True(foresight.Advance(one, 1));
        while (foresight.Advance(other, 1))
        {
        }

        Assert.Equal(1024, one.Bytes);
        Assert.Equal(256 << 10, other.Bytes);
    }

    [Fact]
    public void Without_a_seat_or_an_expectation_there_is_nothing_to_read()
    {
        var foresight = new Foresight(2);

        Assert.False(foresight.Advance(null, 1));
        Assert.False(foresight.Advance(new Recorder(1 << 20), 0));
    }

    private sealed class Recorder(long length) : IReadAhead
    {
        public long Length => length;

        public long First { get; private set; } = long.MaxValue;

        public long End { get; private set; }

        public long Bytes { get; private set; }

        public void Touch(long first, int count)
        {
            Assert.InRange(first, End == 0 ? 0 : End, length - count);
            First = Math.Min(First, first);
            End = first + count;
            Bytes += count;
        }
    }
}
