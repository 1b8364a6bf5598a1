using System.Numerics;
using System.Runtime.CompilerServices;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>exp(s − m) = 2^y for scores of float that may be −∞, two vectors at a time, for machines with few registers: what would not be a normal number is 0.</summary>
/// <remarks>
/// <para>2^y = 2ⁿ·2^−g with n = ⌊y⌉ and g = n − y, as in <see cref="NormalExp{TLanes, T}"/>; distances end at y = −127, where the exponent's bits come out as 0,
/// and so does e. Beside the largest e, which is 1, nothing below 2⁻¹²⁶ counts.</para>
/// <para>Relative error ≤ (2R + 4)·2⁻²⁴, R = m − s. NaN gives NaN twice.</para>
/// </remarks>
internal readonly unsafe struct FlushedExp<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Lowest = -127;

    private readonly TLanes _max;
    private readonly TLanes _beta;
    private readonly TLanes _lowest;
    private readonly TLanes _shift;   // 1½·2²³ + 127: added to y, it leaves the exponent of 2ⁿ in the lowest bits
    private readonly float* _operands;

    /// <summary>A maximum for each lane.</summary>
    /// <param name="max">The maxima.</param>
    /// <param name="operands">The coefficients.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FlushedExp(TLanes max, Exp2Operands operands)
    {
        _max = max;
        _beta = TLanes.All(RowScale<T>.Log2E);
        _lowest = TLanes.All(Lowest / RowScale<T>.Log2E);
        _shift = TLanes.All(12582912.0 + 127);
        _operands = operands.At;
    }

    /// <summary>Whether this is how the exponentials of attention are taken.</summary>
    public static bool IsBest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.AreFew && TLanes.HasPowersOfBits;
    }

    /// <summary>y − c of a distance x, with −c given: rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes From(TLanes minusCentre, TLanes x) => TLanes.MultiplyAdd(x, _beta, minusCentre);

    /// <summary>Turns two s into e, and gives the distances x = s − m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Map(ref TLanes s0, ref TLanes s1, out TLanes x0, out TLanes x1)
    {
        x0 = TLanes.Max(_lowest, s0 - _max);
        x1 = TLanes.Max(_lowest, s1 - _max);
        TLanes k0 = TLanes.MultiplyAdd(x0, _beta, _shift), k1 = TLanes.MultiplyAdd(x1, _beta, _shift);
        TLanes n0 = k0 - _shift, n1 = k1 - _shift;
        TLanes g0 = TLanes.SubtractProduct(n0, x0, _beta), g1 = TLanes.SubtractProduct(n1, x1, _beta);
        Exp2Polynomial.OfMinusInRow<TLanes, T>(_operands, g0, g1, out TLanes power0, out TLanes power1);
        s0 = power0 * TLanes.PowerOfBits(k0);
        s1 = power1 * TLanes.PowerOfBits(k1);
    }
}
