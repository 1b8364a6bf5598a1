using System.Numerics;
using System.Runtime.Intrinsics;
using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Transformers.Attention;

namespace Kelvin.Tests.Transformers.Attention;

/// <summary>The kernels of every width; those that the machine lacks run in software, and give the same answers.</summary>
internal static class Kernels
{
    public static TheoryData<int> Widths => [0, 1, 2, 3];

    public static AttentionKernels<T> Of<T>(int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => width switch
        {
            0 => new LaneAttention<SimdScalar<T>, T, Lanes1<T>, T>(),
            1 => new LaneAttention<Simd128<T>, Vector128<T>, Lanes128<T>, T>(),
            2 => new LaneAttention<Simd256<T>, Vector256<T>, Lanes256<T>, T>(),
            _ => new LaneAttention<Simd512<T>, Vector512<T>, Lanes512<T>, T>(),
        };
}
