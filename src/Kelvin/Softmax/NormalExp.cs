using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>exp((z − M)/T) = 2^y over a narrow row (<see cref="RowScale{T}.IsNarrow"/>) of float, where nothing underflows: what <see cref="ShiftedExp{TLanes, T}"/>
/// does for results that may is left out, and what <see cref="NarrowExp{TLanes, T}"/> looks up is worked out.</summary>
/// <remarks>
/// <para>2^y = 2ⁿ·2^−g with n = ⌊y⌉ and g = n − y in [−½, ½]. The first factor is n shifted into the exponent, the second a polynomial (<see cref="Exp2Polynomial"/>).</para>
/// <para>Relative error ≤ (2R + 4)·2⁻²⁴, R = (M − z)/T, as there. NaN gives NaN twice. At y = −127 the exponent's bits come out as 0, and so does e.</para>
/// </remarks>
internal readonly unsafe struct NormalExp<TLanes, T> : IRowExp<NormalExp<TLanes, T>, TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TLanes _max;
    private readonly TLanes _beta;
    private readonly TLanes _shift;   // 1½·2²³ + 127: added to y, it leaves the exponent of 2ⁿ in the lowest bits
    private readonly float* _operands;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private NormalExp(in RowScale<T> scale)
    {
        _max = TLanes.All(scale.Max);
        _beta = TLanes.All(scale.BetaHigh);
        _shift = TLanes.All(12582912.0 + 127);
        _operands = scale.Operands;
    }

    public TLanes Max
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _max;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LeftOut(in RowScale<T> scale) => scale.Max + scale.LeftOut;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NormalExp<TLanes, T> Of(in RowScale<T> scale) => new(in scale);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Map(
        ref TLanes z0, ref TLanes z1, ref TLanes z2, ref TLanes z3, out TLanes x0, out TLanes x1, out TLanes x2, out TLanes x3)
    {
        Map(ref z0, ref z1, out x0, out x1);
        Map(ref z2, ref z3, out x2, out x3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Map(ref TLanes z0, ref TLanes z1, out TLanes x0, out TLanes x1)
    {
        x0 = z0 - _max;
        x1 = z1 - _max;
        TLanes k0 = TLanes.MultiplyAdd(x0, _beta, _shift), k1 = TLanes.MultiplyAdd(x1, _beta, _shift);
        TLanes n0 = k0 - _shift, n1 = k1 - _shift;
        TLanes g0 = TLanes.SubtractProduct(n0, x0, _beta), g1 = TLanes.SubtractProduct(n1, x1, _beta);
        Exp2Polynomial.OfMinusInRow<TLanes, T>(_operands, g0, g1, out TLanes power0, out TLanes power1);
        z0 = power0 * TLanes.PowerOfBits(k0);
        z1 = power1 * TLanes.PowerOfBits(k1);
    }
}
