using Kelvin.Softmax;
using Kelvin.Transformers.Attention;

namespace Kelvin.Tests.Transformers.Attention;

public sealed class FlushedExpTests
{
    [Fact]
    public void Normal_results_are_within_the_bound()
    {
        for (float distance = 0; distance < 87; distance += 0.0037f)
        {
            (float e, float y) = Map(3 - distance, 3);
            double expected = Math.Exp((double)(3 - distance) - 3);

            Assert.Equal(expected, e, expected * ((2 * distance) + 4) * Math.Pow(2, -24));
            Assert.Equal(-distance * RowScale<float>.Log2E, y, 1e-5 + (distance * 3e-7));
        }
    }

    [Theory]
    [InlineData(-90f)]
    [InlineData(-1e30f)]
    [InlineData(float.NegativeInfinity)]
    public void What_underflows_is_zero_at_a_finite_distance(float score) => Assert.Equal((0, -127), Map(score, 0));

    [Fact]
    public void What_is_not_finite_above_is_not_a_number()
    {
        Assert.True(float.IsNaN(Map(float.NaN, 0).E));
        Assert.True(float.IsNaN(Map(float.PositiveInfinity, float.PositiveInfinity).E));
    }

    /// <summary>With operands in registers and, where the machine has it so, in memory: the same answer.</summary>
    private static (float E, float Y) Map(float score, float max)
    {
        (float E, float Y) narrow = Map<Lanes128<float>>(score, max), wide = Map<Lanes256<float>>(score, max);
        Assert.Equal(narrow, wide);
        return wide;
    }

    private static (float E, float Y) Map<TLanes>(float score, float max)
        where TLanes : unmanaged, ILanes<TLanes, float>
    {
        TLanes first = TLanes.All((double)score), second = TLanes.All((double)max);
        var exp = new FlushedExp<TLanes, float>(TLanes.All((double)max), Exp2Operands.There);
        exp.Map(ref first, ref second, out TLanes x, out _);
        TLanes again = TLanes.All((double)max), last = TLanes.All((double)score);
        exp.Map(ref again, ref last, out _, out TLanes xOfSecond);
        Assert.Equal((TLanes.Highest(first), TLanes.Highest(x)), (TLanes.Highest(last), TLanes.Highest(xOfSecond)));   // each place has operands of its own
        return (TLanes.Highest(first), TLanes.Highest(exp.From(default, x)));
    }
}
