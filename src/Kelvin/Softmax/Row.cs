using System.Numerics;

namespace Kelvin.Softmax;

/// <summary>What other folders ask of one row whose type they do not know; the caller has checked the arguments.</summary>
internal static class Row
{
    /// <summary>The statistics of softmax(z/T).</summary>
    public static SoftmaxStatistics Statistics<T>(ReadOnlySpan<T> z, double temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowKernels<T>.Best.Statistics(z, temperature, out SoftmaxStatistics statistics);
        return statistics;
    }
}
