using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kelvin.Softmax;

/// <summary>exp((z − M)/T) = 2^y over a narrow row (<see cref="RowScale{T}.IsNarrow"/>), where nothing underflows: a shorter chain than that of <see cref="ShiftedExp{TLanes, T}"/>.</summary>
/// <remarks>
/// <para>2^y = 2^(k/32)·2^−g with k = ⌊32 y⌉ and g = k/32 − y in [−1/64, 1/64]. The first factor comes from a table of 32 numbers that lies in two vectors, and from k's
/// higher bits as exponent; the second is 1 + g (a + b g), minimax, within 5.4·10⁻⁸ = 0.9·2⁻²⁴.</para>
/// <para>Relative error ≤ (2R + 4)·2⁻²⁴, R = (M − z)/T, as there. NaN gives NaN twice. At y = −127 the exponent's bits come out as 0, and so does e.</para>
/// </remarks>
internal readonly struct NarrowExp<TLanes, T> : IRowExp<NarrowExp<TLanes, T>, TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TLanes _max;
    private readonly TLanes _beta;
    private readonly TLanes _minusBeta;
    private readonly TLanes _shift;   // 1½·2¹⁸: added to y, it leaves k in the lowest bits
    private readonly TLanes _slope;
    private readonly TLanes _bend;
    private readonly TLanes _lowPowers;
    private readonly TLanes _highPowers;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private NarrowExp(in RowScale<T> scale)
    {
        _max = TLanes.All(scale.Max);
        _beta = TLanes.All(scale.BetaHigh);
        _minusBeta = TLanes.All(-scale.BetaHigh);
        _shift = TLanes.All(393216.0);
        _slope = TLanes.All(-0.69315735);
        _bend = TLanes.All(0.2402265);
        ref readonly T powers = ref Unsafe.As<int, T>(ref MemoryMarshal.GetReference(Powers));
        _lowPowers = TLanes.Load(in powers, 0);
        _highPowers = TLanes.Load(in powers, (nuint)TLanes.Count);
    }

    /// <summary>The bits of 2^(j/32) in float, correctly rounded, less j·2¹⁸: what k·2¹⁸ brings beside the exponent.</summary>
    public static ReadOnlySpan<int> Powers =>
    [
        0x3F800000, 0x3F7ECD87, 0x3F7DAAC3, 0x3F7C980F, 0x3F7B95C2, 0x3F7AA43A, 0x3F79C3D3, 0x3F78F4F0,
        0x3F7837F0, 0x3F778D3A, 0x3F76F532, 0x3F767043, 0x3F75FED7, 0x3F75A15B, 0x3F75583F, 0x3F7523F6,
        0x3F7504F3, 0x3F74FBAF, 0x3F7508A4, 0x3F752C4D, 0x3F75672A, 0x3F75B9BE, 0x3F76248C, 0x3F76A81E,
        0x3F7744FD, 0x3F77FBB8, 0x3F78CCDF, 0x3F79B907, 0x3F7AC0C7, 0x3F7BE4BA, 0x3F7D257D, 0x3F7E83B3,
    ];

    public TLanes Max
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _max;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LeftOut(in RowScale<T> scale) => scale.Max + scale.LeftOut;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowExp<TLanes, T> Of(in RowScale<T> scale) => new(in scale);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Map(
        ref TLanes z0, ref TLanes z1, ref TLanes z2, ref TLanes z3, out TLanes x0, out TLanes x1, out TLanes x2, out TLanes x3)
    {
        x0 = z0 - _max;
        x1 = z1 - _max;
        x2 = z2 - _max;
        x3 = z3 - _max;
        TLanes k0 = TLanes.MultiplyAdd(x0, _beta, _shift), k1 = TLanes.MultiplyAdd(x1, _beta, _shift);
        TLanes k2 = TLanes.MultiplyAdd(x2, _beta, _shift), k3 = TLanes.MultiplyAdd(x3, _beta, _shift);
        TLanes n0 = k0 - _shift, n1 = k1 - _shift, n2 = k2 - _shift, n3 = k3 - _shift;
        TLanes g0 = TLanes.MultiplyAdd(x0, _minusBeta, n0), g1 = TLanes.MultiplyAdd(x1, _minusBeta, n1);
        TLanes g2 = TLanes.MultiplyAdd(x2, _minusBeta, n2), g3 = TLanes.MultiplyAdd(x3, _minusBeta, n3);
        z0 = Power(k0, g0);
        z1 = Power(k1, g1);
        z2 = Power(k2, g2);
        z3 = Power(k3, g3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Map(ref TLanes z0, ref TLanes z1, out TLanes x0, out TLanes x1)
    {
        TLanes none2 = default, none3 = default;
        Map(ref z0, ref z1, ref none2, ref none3, out x0, out x1, out _, out _);
    }

    /// <summary>2^(k/32)·2^−g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Power(TLanes k, TLanes g)
    {
        TLanes power = TLanes.PowerOf(k, _lowPowers, _highPowers);
        return TLanes.MultiplyAdd(power * g, TLanes.MultiplyAdd(_bend, g, _slope), power);
    }
}
