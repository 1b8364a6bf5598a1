using CsCheck;
using Kelvin.Linear;

namespace Kelvin.Tests.Linear;

public sealed class PieceSharesTests
{
    private static readonly Gen<PieceOrder> Order = Gen.Enum<PieceOrder>();

    [Fact]
    public void Every_piece_is_taken_once_in_whatever_turn_the_seats_come() =>
        Gen.Select(Gen.Int[0, 200], Gen.Int[1, 6], Order, Gen.Int[0, 5].Array[400]).Sample((pieces, seats, order, turns) =>
        {
            int[] taken = new int[pieces];
            var shares = new PieceShares();
            shares.Deal(pieces, seats, order);
            foreach (int turn in turns)
                Count(shares.Next(turn % seats), taken);
            return Array.TrueForAll(taken, x => x == 1);
        });

    [Fact]
    public void A_seat_works_through_its_own_run_before_it_takes_half_of_anothers()
    {
        var shares = new PieceShares();
        shares.Deal(16, 2, PieceOrder.Runs);

        Assert.Equal((8, 12), shares.Next(1));
        Assert.Equal((12, 14), shares.Next(1));
        Assert.Equal((14, 15), shares.Next(1));
        Assert.Equal((15, 16), shares.Next(1));
        Assert.Equal((4, 6), shares.Next(1));
        Assert.Equal((0, 2), shares.Next(0));
    }

    [Fact]
    public void Without_runs_of_their_own_the_next_piece_goes_to_whoever_asks()
    {
        var shares = new PieceShares();
        shares.Deal(3, 2, PieceOrder.Next);

        Assert.Equal((0, 1), shares.Next(1));
        Assert.Equal((1, 2), shares.Next(0));
        Assert.Equal((2, 3), shares.Next(1));
        Assert.Equal((0, 0), shares.Next(0));
    }

    [Fact]
    public void Once_stopped_nothing_more_is_taken()
    {
        var shares = new PieceShares();
        shares.Deal(10, 2, PieceOrder.Runs);

        shares.Stop();

        Assert.Equal((0, 0), shares.Next(0));
        shares.Deal(10, 1, PieceOrder.Next);
        Assert.Equal((0, 1), shares.Next(0));
    }

    [Fact]
    public void Threads_that_take_from_one_another_lose_nothing()
    {
        int[] taken = new int[5000];
        var shares = new PieceShares();
        for (int round = 0; round < 20; round++)
        {
            shares.Deal(taken.Length, 3, PieceOrder.Runs);
            Parallel.For(0, 3, seat =>
            {
                for ((int First, int End) run = shares.Next(seat); run.First < run.End; run = shares.Next(seat))
                    Count(run, taken);
            });
        }

        Assert.All(taken, x => Assert.Equal(20, x));
    }

    private static void Count((int First, int End) run, int[] taken)
    {
        for (int piece = run.First; piece < run.End; piece++)
            Interlocked.Increment(ref taken[piece]);
    }
}
