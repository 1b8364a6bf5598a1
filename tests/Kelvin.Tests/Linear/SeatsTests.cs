using Kelvin.Linear;

namespace Kelvin.Tests.Linear;

public sealed class SeatsTests
{
    [Fact]
    public void Seats_are_numbered_and_taken_once()
    {
        var seats = new Seats();
        seats.Open(2);

        Assert.Equal((1, 2, 0), (seats.Take(), seats.Take(), seats.Take()));
        seats.Leave();
        Assert.Equal(0, seats.Take());
        seats.Leave();
        seats.CloseAndWait(0, 0);
        seats.Open(1);
        Assert.Equal(1, seats.Take());
    }

    [Fact]
    public void A_closed_seat_is_not_taken()
    {
        var seats = new Seats();
        seats.Open(3);

        seats.CloseAndWait(0, 0);

        Assert.Equal(0, seats.Take());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void The_caller_waits_for_whoever_sits_awake_or_asleep(int spins)
    {
        var seats = new Seats();
        for (int round = 0; round < 300; round++)
        {
            int left = 0;
            seats.Open(1);
            Assert.Equal(1, seats.Take());
            var helper = new Thread(() =>
            {
                Interlocked.Increment(ref left);
                seats.Leave();
            });
            helper.Start();

            seats.CloseAndWait(spins, 0);

            Assert.Equal(1, left);
            helper.Join();
        }
    }
}
