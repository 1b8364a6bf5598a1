using CsCheck;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Tests.Transformers.Checkpoints;

public sealed class BrainFloatTests
{
    [Fact]
    public void Every_value_widens_and_narrows_to_itself()
    {
        ushort[] all = [.. Enumerable.Range(0, 1 << 16).Select(bits => (ushort)bits)];
        float[] wide = new float[all.Length];
        ushort[] narrow = new ushort[all.Length];

        BrainFloat.Widen(all, wide);
        BrainFloat.Narrow(wide, narrow);

        for (int bits = 0; bits < all.Length; bits++)
            Assert.True(float.IsNaN(wide[bits]) ? (narrow[bits] & 0x7fff) > 0x7f80 : narrow[bits] == bits);
    }

    [Fact]
    public void Narrowing_rounds_to_the_nearest_and_ties_to_even() => Gen.OneOf<float>(Gen.Float, Gen.UInt.Select(BitConverter.UInt32BitsToSingle)).Sample(value =>
    {
        ushort[] bits = new ushort[1];
        float[] wide = new float[1];
        BrainFloat.Narrow([value], bits);
        BrainFloat.Widen(bits, wide);

        return wide[0].Equals(Nearest(value));
    });

    /// <summary>The slow way: of the two neighbours in double precision the nearer, or the one whose last bit is 0.</summary>
    internal static float Nearest(float value)
    {
        if (!float.IsFinite(value))
            return value;

        uint bits = BitConverter.SingleToUInt32Bits(value) & 0xffff0000;
        double low = BitConverter.UInt32BitsToSingle(bits);
        float up = BitConverter.UInt32BitsToSingle(bits + 0x10000);
        double high = float.IsInfinity(up) ? Math.CopySign(Math.ScaleB(1, 128), value) : up;   // where the next value would be
        double toLow = Math.Abs(value - low);
        double toHigh = Math.Abs(high - value);
        bool isLow = toLow < toHigh || (toLow == toHigh && (bits & 0x10000) == 0);
        return isLow ? (float)low : up;
    }
}
