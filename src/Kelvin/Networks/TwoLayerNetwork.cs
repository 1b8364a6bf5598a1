using System.Numerics;

namespace Kelvin.Networks;

/// <summary>Makes two-layer networks.</summary>
public static class TwoLayerNetwork
{
    /// <summary>Makes a network whose weights are drawn from <paramref name="seed"/>: same options and seed, same weights.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or <typeparamref name="T"/> is neither float nor double.</exception>
    public static TwoLayerNetwork<T> Create<T>(NetworkOptions options, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = new TwoLayerNetwork<T>(options);
        StartingWeights.Draw(network, seed);
        return network;
    }
}
