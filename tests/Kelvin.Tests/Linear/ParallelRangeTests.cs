using Kelvin.Linear;

namespace Kelvin.Tests.Linear;

public sealed class ParallelRangeTests
{
    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(1, 1, 2)]
    [InlineData(1000, 1, 2)]
    [InlineData(1000, 7, 1)]
    [InlineData(1000, 7, 64)]
    [InlineData(5, 1000, 2)]
    public void Every_index_is_visited_once(int count, int grain, int threads)
    {
        int[] visits = new int[count];

        for (int i = 0; i < 100; i++)
            ParallelRange.For(count, grain, threads, new CountVisits(visits), i % 2 == 0 ? PieceOrder.Next : PieceOrder.Runs);

        Assert.All(visits, x => Assert.Equal(100, x));
    }

    [Theory]
    [InlineData(PieceOrder.Next)]
    [InlineData(PieceOrder.Runs)]
    public void Helpers_that_stand_by_leave_no_index_out(object order)
    {
        int[] visits = new int[333];
        using ParallelStandby? standby = ParallelStandby.Open(2);

        for (int i = 0; i < 2000; i++)
            ParallelRange.For(333, 10, 2, new CountVisits(visits), (PieceOrder)order);

        Assert.All(visits, x => Assert.Equal(2000, x));
    }

    [Fact]
    public void A_standby_is_the_callers_until_it_is_closed_and_nobody_elses()
    {
        using (ParallelStandby? standby = ParallelStandby.Open(2))
        {
            Assert.Same(standby, ParallelStandby.OfThisThread);
            Assert.Null(ParallelStandby.Open(2));
            Assert.Null(ParallelStandby.Open(1));
            var others = new Thread(() => Assert.Null(ParallelStandby.OfThisThread));
            others.Start();
            others.Join();
        }

        Assert.Null(ParallelStandby.OfThisThread);
        Every_index_is_visited_once(100, 3, 2);
    }

    [Fact]
    public void An_exception_reaches_the_caller_of_helpers_that_stand_by()
    {
        using ParallelStandby? standby = ParallelStandby.Open(2);

        An_exception_reaches_the_caller_and_the_next_range_runs(2);
    }

    [Fact]
    public void The_cut_into_pieces_does_not_depend_on_the_number_of_threads()
    {
        int[] ends = new int[100];

        foreach (int threads in (int[])[1, 2, 3])
        {
            Array.Clear(ends);
            ParallelRange.For(100, 30, threads, new RecordEnds(ends));

            Assert.Equal((30, 60, 90, 100), (ends[0], ends[30], ends[60], ends[90]));
        }
    }

    [Fact]
    public void A_range_begun_inside_a_range_runs_inline()
    {
        int[] visits = new int[100 * 50];

        ParallelRange.For(100, 1, 2, new Nested(visits));

        Assert.All(visits, x => Assert.Equal(1, x));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_exception_reaches_the_caller_and_the_next_range_runs(int threads)
    {
        for (int i = 0; i < 50; i++)
        {
            InvalidOperationException e = Assert.Throws<InvalidOperationException>(
                () => ParallelRange.For(100, 1, threads, new FailAt(i)));

            Assert.Equal($"at {i}", e.Message);
        }

        Every_index_is_visited_once(100, 3, threads);
    }

    [Fact]
    public void Many_callers_at_once_do_not_disturb_one_another()
    {
        Parallel.For(0, 8, caller => Every_index_is_visited_once(300 + caller, 11, 2));
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        int[] visits = new int[1000];

        long bytes = Allocations.Fewest(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                ParallelRange.For(1000, 10, 2, new CountVisits(visits));
                using ParallelStandby? standby = ParallelStandby.Open(2);
                ParallelRange.For(1000, 10, 2, new CountVisits(visits), PieceOrder.Runs);
            }
        });

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Senseless_sizes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ParallelRange.For(-1, 1, 1, new CountVisits([])));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParallelRange.For(1, 0, 1, new CountVisits([])));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParallelRange.For(1, 1, 0, new CountVisits([])));
    }

    private readonly struct CountVisits(int[] visits) : IRangeBody
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
                Interlocked.Increment(ref visits[i]);
        }
    }

    private readonly struct RecordEnds(int[] ends) : IRangeBody
    {
        public void Run(int start, int end) => ends[start] = end;
    }

    private readonly struct Nested(int[] visits) : IRangeBody
    {
        public void Run(int start, int end) => ParallelRange.For(50, 4, 2, new Row(visits, start));
    }

    private readonly struct Row(int[] visits, int row) : IRangeBody
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
                Interlocked.Increment(ref visits[(row * 50) + i]);
        }
    }

    private readonly struct FailAt(int index) : IRangeBody
    {
        public void Run(int start, int end)
        {
            if (start == index)
                throw new InvalidOperationException($"at {index}");
        }
    }
}
