using System.Numerics;
using MathNet.Numerics.Distributions;

namespace Kelvin.Diffusion;

/// <summary>Fills memory with independent draws from N(0, 1).</summary>
internal static class GaussianNoise
{
    public static void Fill<T>(Random random, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = T.CreateTruncating(Normal.Sample(random, 0, 1));
    }
}
