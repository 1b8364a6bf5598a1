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
        ArgumentNullException.ThrowIfNull(network);
        return Create<T>(options, network.TrainedCount, network.Layout.Decayed);
    }

    /// <summary>Makes an optimiser at its start for any block of parameters.</summary>
    /// <param name="options">Rule and constants.</param>
    /// <param name="count">Number of parameters.</param>
    /// <param name="decayed">Weight decay pulls the first so many.</param>
    /// <exception cref="ArgumentException">A constant is out of its range, or a count is.</exception>
    public static Optimiser<T> Create<T>(OptimiserOptions options, int count, int decayed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Require.Between(count, 0, Array.MaxLength);
        Require.Between(decayed, 0, count);
        return options.Kind is OptimiserKind.Adam or OptimiserKind.AdamW
            ? new AdamOptimiser<T>(options, count, decayed)
            : new GradientDescent<T>(options, count, decayed);
    }
}
