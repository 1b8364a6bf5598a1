using MathNet.Numerics.Random;

namespace Kelvin.Networks;

/// <summary>An order of the examples for each epoch, which depends on the seed and the epoch alone; or the order in which they stand.</summary>
internal sealed class EpochOrder(int count, int seed, bool keepsOrder = false)
{
    private readonly int[] _order = new int[count];
    private int _epoch = -1;

    /// <summary>The numbers from 0 to count − 1 in the order of an epoch; overwritten by that of the next.</summary>
    public ReadOnlySpan<int> Of(int epoch)
    {
        if (epoch == _epoch)
            return _order;

        for (int i = 0; i < _order.Length; i++)
            _order[i] = i;
        if (!keepsOrder)
            new Xoshiro256StarStar(Mix(seed, epoch), threadSafe: false).Shuffle(_order);
        _epoch = epoch;
        return _order;
    }

    /// <summary>The finaliser of SplitMix64 over (seed, epoch): near seeds give unlike orders.</summary>
    public static int Mix(int seed, int epoch)
    {
        ulong x = ((ulong)(uint)seed << 32) | (uint)epoch;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return (int)(x ^ (x >> 31));
    }
}
