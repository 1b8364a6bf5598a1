using System.Runtime.CompilerServices;

namespace Kelvin.Linear;

/// <summary>One row of a tile of C, held in two registers while the sum over k runs.</summary>
internal struct TileRow<TStrip, TSimd, TVector, T>
    where TStrip : struct, IStrip
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    private TVector _left;
    private TVector _right;

    /// <summary>Adds a·b, b being the row's two vectors of op(B).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T a, TVector left, TVector right)
    {
        TVector factor = TSimd.Broadcast(a);
        _left = TSimd.MultiplyAdd(factor, left, _left);
        if (TStrip.Vectors == 2)
            _right = TSimd.MultiplyAdd(factor, right, _right);
    }

    /// <summary>Sets c to alpha·sum + beta·c, or to alpha·sum when the old c is not to be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Finish(in TileScale<TVector> scale, ref T c, nint offset)
    {
        Finish(_left, scale, ref c, offset);
        if (TStrip.Vectors == 2)
            Finish(_right, scale, ref c, offset + TSimd.Lanes);
    }

    /// <summary>Sets c to the sum, or adds the sum to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Put(bool adds, ref T c, nint offset)
    {
        TSimd.Store(adds ? TSimd.Add(_left, TSimd.Load(ref c, offset)) : _left, ref c, offset);
        if (TStrip.Vectors == 2)
            TSimd.Store(adds ? TSimd.Add(_right, TSimd.Load(ref c, offset + TSimd.Lanes)) : _right, ref c, offset + TSimd.Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(TVector sum, in TileScale<TVector> scale, ref T c, nint offset)
    {
        TVector result = scale.Overwrites
            ? TSimd.Multiply(scale.Alpha, sum)
            : TSimd.MultiplyAdd(scale.Alpha, sum, TSimd.Multiply(scale.Beta, TSimd.Load(ref c, offset)));
        TSimd.Store(result, ref c, offset);
    }
}
