using Kelvin.Networks;

namespace Kelvin.Stability;

/// <summary>Takes a network from the precision of training to that of measurements.</summary>
public static class Precision
{
    /// <summary>The same network in double; every parameter is exactly the same number.</summary>
    public static TwoLayerNetwork<double> InDouble(this TwoLayerNetwork<float> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var copy = new TwoLayerNetwork<double>(network.Options);
        ReadOnlySpan<float> from = network.Parameters.Span;
        Span<double> to = copy.Parameters.Span;
        for (int i = 0; i < from.Length; i++)
            to[i] = from[i];
        return copy;
    }
}
