using System.Runtime.CompilerServices;

namespace Kelvin.Linear;

/// <summary>A row of a tile of C with the row of op(A) that it is summed from.</summary>
internal ref struct TileLine<TRows, TStrip, TSimd, TVector, T>
    where TRows : struct, IPanelRows
    where TStrip : struct, IStrip
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>The sums.</summary>
    public TileRow<TStrip, TSimd, TVector, T> Sums;

    private readonly ref T _a;

    /// <summary>Sums of zero along the row that starts at <paramref name="a"/>.</summary>
    public TileLine(ref T a) => _a = ref a;

    /// <summary>Adds a·b for the number of op(A) that lies so many steps after number <paramref name="l"/> of the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(nint l, int steps, TVector left, TVector right) => Sums.Add(TRows.At(ref _a, l, steps), left, right);
}
