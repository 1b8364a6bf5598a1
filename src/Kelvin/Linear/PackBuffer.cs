using System.Runtime.InteropServices;

namespace Kelvin.Linear;

/// <summary>A thread's own room for packed panels, kept from one product to the next.</summary>
internal sealed class PackBuffer<T>
    where T : unmanaged
{
    private const int CacheLine = 64;

    [ThreadStatic]
    private static PackBuffer<T>? _rows;

    [ThreadStatic]
    private static PackBuffer<T>? _columns;

    private T[] _room = [];
    private int _start;

    /// <summary>This thread's room for panels of op(A).</summary>
    public static PackBuffer<T> Rows => _rows ??= new PackBuffer<T>();

    /// <summary>This thread's room for strips of op(B).</summary>
    public static PackBuffer<T> Columns => _columns ??= new PackBuffer<T>();

    /// <summary>The first of <paramref name="length"/> elements, at the start of a cache line; what they hold is left over from before.</summary>
    public ref T Take(int length)
    {
        if (_room.Length - _start < length)
            Grow(length);
        return ref _room[_start];
    }

    private void Grow(int length)
    {
        int size = Marshal.SizeOf<T>();
        _room = GC.AllocateUninitializedArray<T>(length + (CacheLine / size), pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(_room, 0);
        _start = (int)(((-address % CacheLine) + CacheLine) % CacheLine / size);
    }
}
