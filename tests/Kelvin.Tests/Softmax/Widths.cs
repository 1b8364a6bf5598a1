using System.Numerics;
using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

/// <summary>The kernels of every width; those that the machine lacks run in software, and give the same answers.</summary>
internal static class Widths
{
    public static TheoryData<int> All => [0, 1, 2, 3];

    public static RowKernels<T> Kernels<T>(int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => width switch
        {
            0 => new LaneKernels<T, Lanes1<T>>(),
            1 => new LaneKernels<T, Lanes128<T>>(),
            2 => new LaneKernels<T, Lanes256<T>>(),
            _ => new LaneKernels<T, Lanes512<T>>(),
        };
}
