using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>The sums over a block, in double. e = 2^y; c is the centre from which the block measured.</summary>
/// <remarks>Filled field by field where it lies: a copy of something just written would wait for the writes.</remarks>
internal struct RowSums<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Σ e.</summary>
    public double Sum;

    /// <summary>Σ e (y − c).</summary>
    public double Weighted;

    /// <summary>Σ e (y − c)².</summary>
    public double Deviations;

    /// <summary>Σ e².</summary>
    public double Squares;

    /// <summary>From Σ e, Σ e (x − c), Σ e (x − c)² and Σ e², with the units of <see cref="RowScale{T}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(Vector256<double> sums, Vector256<double> units)
    {
        sums *= units;
        Sum = sums[0];
        Weighted = sums[1];
        Deviations = sums[2];
        Squares = sums[3];
    }

    /// <summary>Takes in a piece measured from the same centre.</summary>
    public void Add(in RowSums<T> piece)
    {
        Sum += piece.Sum;
        Weighted += piece.Weighted;
        Deviations += piece.Deviations;
        Squares += piece.Squares;
    }
}
