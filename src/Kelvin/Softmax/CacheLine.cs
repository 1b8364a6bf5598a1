using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>Room on the stack that begins where a line of the cache does: a vector across two lines is slow to write, and slower to read back.</summary>
internal static class CacheLine
{
    private const nint Length = 64;

    /// <summary>The place of the first line in <paramref name="room"/>, which must be a line longer than what is to lie in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref TItem First<TItem>(Span<TItem> room)
        where TItem : unmanaged
    {
        nint place = Unsafe.ByteOffset(in Unsafe.NullRef<TItem>(), in room[0]);
        return ref Unsafe.AddByteOffset(ref room[0], -place & (Length - 1));
    }
}
