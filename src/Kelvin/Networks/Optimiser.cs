using System.Numerics;

namespace Kelvin.Networks;

/// <summary>Makes optimisers.</summary>
public static class Optimiser
{
    /// <summary>Makes an optimiser at its start for the trained parameters of a network.</summary>
    /// <exception cref="ArgumentException">A constant is out of its range.</exception>
    public static Optimiser<T> Create<T>(OptimiserOptions options, TwoLayerNetwork<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(network);
        options.Check();
        int count = network.TrainedCount;
        int decayed = network.Layout.Decayed;
        return options.Kind is OptimiserKind.Adam or OptimiserKind.AdamW
            ? new AdamOptimiser<T>(options, count, decayed)
            : new GradientDescent<T>(options, count, decayed);
    }
}
