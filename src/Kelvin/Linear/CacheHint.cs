using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Kelvin.Linear;

/// <summary>Tells the machine what will be read or written soon.</summary>
internal static class CacheHint
{
    /// <summary>Bytes that come into a cache together.</summary>
    private const int LineBytes = 64;

    /// <summary>Asks for the line of the nearest cache in which <paramref name="place"/> lies; nothing where the machine has no way to.</summary>
    /// <remarks>Unsafe, because nothing else reaches the instruction; it reads nothing and cannot fault, wherever the place is, beyond the end of an array too.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Soon<T>(ref T place)
        where T : unmanaged
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
    }

    /// <summary>Asks for <paramref name="length"/> elements, a line at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Soon<T>(ref T start, int length)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
            return;
        for (nint j = 0; j < length; j += LineBytes / Unsafe.SizeOf<T>())
            Soon(ref Unsafe.Add(ref start, j));
    }
}
