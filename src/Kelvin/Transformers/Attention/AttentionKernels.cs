using System.Numerics;
using System.Runtime.Intrinsics;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>The work of attention on checked arguments; one implementation for each width of vector.</summary>
internal abstract class AttentionKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The widest that this machine does in hardware, chosen once.</summary>
    public static readonly AttentionKernels<T> Best =
        Vector512.IsHardwareAccelerated ? new LaneAttention<Simd512<T>, Vector512<T>, Lanes512<T>, T>() :
        Vector256.IsHardwareAccelerated ? new LaneAttention<Simd256<T>, Vector256<T>, Lanes256<T>, T>() :
        Vector128.IsHardwareAccelerated ? new LaneAttention<Simd128<T>, Vector128<T>, Lanes128<T>, T>() :
        new LaneAttention<SimdScalar<T>, T, Lanes1<T>, T>();

    /// <summary>O, and as much of lse and vitals as there is room for.</summary>
    public abstract void Forward(
        in AttentionPlan<T> plan, MatrixView<T> output, Memory<double> logSumExp, Memory<AttentionStatistics> vitals, int threads);

    /// <summary>dQ, dK, dV, and the sinks' gradient where there is room for it.</summary>
    public abstract void Backward(in BackwardProblem<T> problem, int threads);
}
