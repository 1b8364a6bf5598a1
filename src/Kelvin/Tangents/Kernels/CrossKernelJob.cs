using System.Buffers;
using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Tangents;

/// <summary>The kernel between two sets, a band of the left one at a time.</summary>
internal readonly struct CrossKernelJob<T>(KernelFeatures<T> left, KernelFeatures<T> right, MatrixView<T> kernel) : IRangeBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        T[] room = ArrayPool<T>.Shared.Rent((end - start) * right.Rows * (left.Options.TrainOutputWeights ? 2 : 1));
        KernelBand.Compute(left, start, end - start, right, 0, right.Rows, kernel, room);
        ArrayPool<T>.Shared.Return(room);
    }
}
