using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>2^−g on [−½, ½] as 1 + g·q(g): the minimax polynomial with value 1 at 0 (Remez, in 50 digits).</summary>
/// <remarks>Relative error before rounding: 2·10⁻⁹ = 2⁻²⁸·⁹ at degree 6 (float), 3.4·10⁻¹⁸ = 2⁻⁵⁸ at degree 11 (double).</remarks>
internal static class Exp2Polynomial
{
    // In a row of float.
    private const double Row5 = -0.001326472964;
    private const double Row4 = 0.009671512991;
    private const double Row3 = -0.05550733581;
    private const double Row2 = 0.2402224243;
    private const double Row1 = -0.6931470037;

    /// <summary>The coefficients in a row of float, the highest first.</summary>
    public static ReadOnlySpan<float> InRow => [(float)Row5, (float)Row4, (float)Row3, (float)Row2, (float)Row1, 1];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes OfMinus<TLanes, T>(TLanes g)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TLanes.MultiplyAdd(Slope<TLanes, T>(g), g, TLanes.All(1.0));

    /// <summary>2^−g in place of four g of a row: in float one degree less, 9.1·10⁻⁸ = 1.5 half ulps; the rounding of y is mostly larger.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OfMinusInRow<TLanes, T>(ref TLanes g0, ref TLanes g1, ref TLanes g2, ref TLanes g3)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isSingle = typeof(T) == typeof(float);
        TLanes q0 = TLanes.All(isSingle ? Row5 : -4.4347689286262757e-10), q1 = q0, q2 = q0, q3 = q0;
        if (!isSingle)
        {
            Horner<TLanes, T>(ref q0, ref q1, ref q2, ref q3, g0, g1, g2, g3, 7.073783184458317e-09);
            Horner<TLanes, T>(ref q0, ref q1, ref q2, ref q3, g0, g1, g2, g3, -1.0178199586447909e-07);
            Horner<TLanes, T>(ref q0, ref q1, ref q2, ref q3, g0, g1, g2, g3, 1.3215435282680663e-06);
            Horner<TLanes, T>(ref q0, ref q1, ref q2, ref q3, g0, g1, g2, g3, -1.525273349309594e-05);
            Horner<TLanes, T>(ref q0, ref q1, ref q2, ref q3, g0, g1, g2, g3, 0.00015403530457111362);
            Horner<TLanes, T>(ref q0, ref q1, ref q2, ref q3, g0, g1, g2, g3, -0.0013333558146774649);
        }

        Horner<TLanes, T>(ref q0, ref q1, ref q2, ref q3, g0, g1, g2, g3, isSingle ? Row4 : 0.00961812910759412);
        Horner<TLanes, T>(ref q0, ref q1, ref q2, ref q3, g0, g1, g2, g3, isSingle ? Row3 : -0.055504108664820084);
        Horner<TLanes, T>(ref q0, ref q1, ref q2, ref q3, g0, g1, g2, g3, isSingle ? Row2 : 0.2402265069591013);
        Horner<TLanes, T>(ref q0, ref q1, ref q2, ref q3, g0, g1, g2, g3, isSingle ? Row1 : -0.6931471805599453);
        Horner<TLanes, T>(ref q0, ref q1, ref q2, ref q3, g0, g1, g2, g3, 1.0);
        (g0, g1, g2, g3) = (q0, q1, q2, q3);
    }

    /// <summary>The same at two g; where registers are few, with operands in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void OfMinusInRow<TLanes, T>(float* operands, TLanes g0, TLanes g1, out TLanes power0, out TLanes power1)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float))
        {
            power0 = OfMinus<TLanes, T>(g0);
            power1 = OfMinus<TLanes, T>(g1);
            return;
        }

        if (TLanes.HasQuintics)
        {
            TLanes.Quintics(operands, g0, g1, out power0, out power1);
            return;
        }

        TLanes c = TLanes.All(Row5), q0 = c, q1 = c;
        c = TLanes.All(Row4);
        (q0, q1) = (TLanes.MultiplyAdd(q0, g0, c), TLanes.MultiplyAdd(q1, g1, c));
        c = TLanes.All(Row3);
        (q0, q1) = (TLanes.MultiplyAdd(q0, g0, c), TLanes.MultiplyAdd(q1, g1, c));
        c = TLanes.All(Row2);
        (q0, q1) = (TLanes.MultiplyAdd(q0, g0, c), TLanes.MultiplyAdd(q1, g1, c));
        c = TLanes.All(Row1);
        (q0, q1) = (TLanes.MultiplyAdd(q0, g0, c), TLanes.MultiplyAdd(q1, g1, c));
        c = TLanes.All(1.0);
        power0 = TLanes.MultiplyAdd(q0, g0, c);
        power1 = TLanes.MultiplyAdd(q1, g1, c);
    }

    /// <summary>One step for each of four: q ← q g + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Horner<TLanes, T>(
        ref TLanes q0, ref TLanes q1, ref TLanes q2, ref TLanes q3, TLanes g0, TLanes g1, TLanes g2, TLanes g3, double c)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes each = TLanes.All(c);
        q0 = TLanes.MultiplyAdd(q0, g0, each);
        q1 = TLanes.MultiplyAdd(q1, g1, each);
        q2 = TLanes.MultiplyAdd(q2, g2, each);
        q3 = TLanes.MultiplyAdd(q3, g3, each);
    }

    /// <summary>q(g) = (2^−g − 1)/g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Slope<TLanes, T>(TLanes g)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Single<TLanes, T>(g) : Double<TLanes, T>(g);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Single<TLanes, T>(TLanes g)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes q = TLanes.All(0.0001535336196);
        q = TLanes.MultiplyAdd(q, g, TLanes.All(-0.001339887385));
        q = TLanes.MultiplyAdd(q, g, TLanes.All(0.009618436918));
        q = TLanes.MultiplyAdd(q, g, TLanes.All(-0.05550332367));
        q = TLanes.MultiplyAdd(q, g, TLanes.All(0.2402264774));
        return TLanes.MultiplyAdd(q, g, TLanes.All(-0.6931471825));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Double<TLanes, T>(TLanes g)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes q = TLanes.All(-4.4347689286262757e-10);
        q = TLanes.MultiplyAdd(q, g, TLanes.All(7.073783184458317e-09));
        q = TLanes.MultiplyAdd(q, g, TLanes.All(-1.0178199586447909e-07));
        q = TLanes.MultiplyAdd(q, g, TLanes.All(1.3215435282680663e-06));
        q = TLanes.MultiplyAdd(q, g, TLanes.All(-1.525273349309594e-05));
        q = TLanes.MultiplyAdd(q, g, TLanes.All(0.00015403530457111362));
        q = TLanes.MultiplyAdd(q, g, TLanes.All(-0.0013333558146774649));
        q = TLanes.MultiplyAdd(q, g, TLanes.All(0.00961812910759412));
        q = TLanes.MultiplyAdd(q, g, TLanes.All(-0.055504108664820084));
        q = TLanes.MultiplyAdd(q, g, TLanes.All(0.2402265069591013));
        return TLanes.MultiplyAdd(q, g, TLanes.All(-0.6931471805599453));
    }
}
