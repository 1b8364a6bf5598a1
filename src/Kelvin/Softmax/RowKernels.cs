using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>The operations on one row of checked arguments; one implementation for each width of vector.</summary>
internal abstract class RowKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The widest that this machine does in hardware, chosen once.</summary>
    public static readonly RowKernels<T> Best =
        Vector512.IsHardwareAccelerated ? new LaneKernels<T, Lanes512<T>>() :
        Vector256.IsHardwareAccelerated ? new LaneKernels<T, Lanes256<T>>() :
        Vector128.IsHardwareAccelerated ? new LaneKernels<T, Lanes128<T>>() : new LaneKernels<T, Lanes1<T>>();

    /// <summary>Lanes of its vectors.</summary>
    public abstract int Lanes { get; }

    /// <summary>p = softmax(z/T).</summary>
    public abstract void Probabilities(ReadOnlySpan<T> z, double temperature, Span<T> p);

    /// <summary>p of several rows of <paramref name="columns"/> entries, <paramref name="zStride"/> and <paramref name="pStride"/> apart.</summary>
    public abstract void ProbabilityRows(ReadOnlySpan<T> z, int zStride, double temperature, Span<T> p, int pStride, int columns, int rows);

    /// <summary>p and the statistics.</summary>
    public void Forward(ReadOnlySpan<T> z, double temperature, Span<T> p, out SoftmaxStatistics statistics)
    {
        Unsafe.SkipInit(out statistics);
        ForwardRows(z, 0, temperature, p, 0, z.Length, new Span<SoftmaxStatistics>(ref statistics));
    }

    /// <summary>The statistics alone.</summary>
    public void Statistics(ReadOnlySpan<T> z, double temperature, out SoftmaxStatistics statistics)
    {
        Unsafe.SkipInit(out statistics);
        StatisticsRows(z, 0, temperature, z.Length, new Span<SoftmaxStatistics>(ref statistics));
    }

    /// <summary>p and the statistics of several rows of <paramref name="columns"/> entries, <paramref name="zStride"/> and <paramref name="pStride"/> apart.</summary>
    public abstract void ForwardRows(
        ReadOnlySpan<T> z, int zStride, double temperature, Span<T> p, int pStride, int columns, Span<SoftmaxStatistics> statistics);

    /// <summary>The statistics of several rows.</summary>
    public abstract void StatisticsRows(ReadOnlySpan<T> z, int zStride, double temperature, int columns, Span<SoftmaxStatistics> statistics);

    /// <summary>log p.</summary>
    public abstract void LogProbabilities(ReadOnlySpan<T> z, double temperature, Span<T> logP);

    /// <summary>∂L/∂z from p and ∂L/∂p.</summary>
    public void Backward(ReadOnlySpan<T> p, ReadOnlySpan<T> dP, double temperature, Span<T> dZ) =>
        BackwardRows(p, 0, dP, 0, temperature, dZ, 0, p.Length, 1);

    /// <summary>∂L/∂z of several rows of <paramref name="columns"/> entries, each matrix with its stride.</summary>
    public abstract void BackwardRows(
        ReadOnlySpan<T> p, int pStride, ReadOnlySpan<T> dP, int dPStride, double temperature, Span<T> dZ, int dZStride, int columns, int rows);

    /// <summary>∂L/∂z from log p and g = ∂L/∂(log p).</summary>
    public abstract void LogBackward(ReadOnlySpan<T> logP, ReadOnlySpan<T> g, double temperature, Span<T> dZ);

    /// <summary>The cross-entropy; its gradient times <paramref name="weight"/> goes to <paramref name="dZ"/>.</summary>
    public abstract double CrossEntropy(ReadOnlySpan<T> z, int label, double temperature, double smoothing, double weight, Span<T> dZ);

    /// <summary>Losses of rows and all statistics; the rows become their gradients, −log p + c (log Z)² times <paramref name="weight"/>.</summary>
    public abstract void Losses(
        Span<T> rows, int stride, int columns, ReadOnlySpan<int> labels, double weight, double zCoefficient, Span<SoftmaxStatistics> statistics, Span<double> losses);

    /// <summary>yᵢ = exp(xᵢ).</summary>
    public abstract void Exp(ReadOnlySpan<T> x, Span<T> y);
}
