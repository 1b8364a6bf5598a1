using System.Numerics;

namespace Kelvin.Softmax;

/// <summary>The sums over a block, in double. e = 2^y; c is the centre from which the block measured.</summary>
/// <param name="Sum">Σ e.</param>
/// <param name="Weighted">Σ e (y − c).</param>
/// <param name="Deviations">Σ e (y − c)².</param>
/// <param name="Squares">Σ e².</param>
/// <param name="Highest">Largest logit but for the first largest of the row.</param>
/// <param name="HasMasks">Whether any logit is −∞.</param>
internal readonly record struct RowSums<T>(double Sum, double Weighted, double Deviations, double Squares, T Highest, bool HasMasks)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The sums over two pieces measured from the same centre.</summary>
    public static RowSums<T> operator +(RowSums<T> a, RowSums<T> b) => new(
        a.Sum + b.Sum, a.Weighted + b.Weighted, a.Deviations + b.Deviations, a.Squares + b.Squares, T.MaxNative(a.Highest, b.Highest), a.HasMasks || b.HasMasks);
}
