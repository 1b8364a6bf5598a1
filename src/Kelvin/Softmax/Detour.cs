using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>How a loop over a row leaves out one entry: at the step in which it stands, the loop reads a copy in which another number stands in its place.</summary>
/// <remarks>Without a branch, since no machine could foresee where the largest entry of a row stands.</remarks>
internal readonly unsafe struct Detour<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T* _at;   // the step; nowhere if none is to be read elsewhere
    private readonly nint _bytes;   // from there to the copy

    /// <summary>For a row of <paramref name="length"/> entries, in which <paramref name="place"/> may lie or not; the copy has the length of a step, <paramref name="stride"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Detour(T* row, int length, int stride, int place, T instead, T* copy)
    {
        if ((uint)place >= (uint)length)
            return;

        int within = place & (stride - 1);
        _at = row + (place - within);
        _bytes = (nint)copy - (nint)_at;
        for (nuint i = 0; i < (nuint)stride; i += (nuint)TLanes.Count)
            TLanes.Load(in *_at, i).Store(ref *copy, i);
        copy[within] = instead;
    }

    /// <summary>Where to read what stands at <paramref name="z"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T* At(T* z)
    {
        nint here = Unsafe.BitCast<bool, byte>(z == _at);
        return (T*)((nint)z + (_bytes & -here));
    }
}
