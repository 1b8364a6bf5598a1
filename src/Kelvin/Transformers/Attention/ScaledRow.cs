using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Transformers.Attention;

/// <summary>A row of a tile times a factor, on its way to a matrix. A call to do it takes longer than the few vectors of a head.</summary>
internal static class ScaledRow
{
    /// <summary>to ← factor·from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put<T>(ReadOnlySpan<T> from, T factor, Span<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T source = ref MemoryMarshal.GetReference(from);
        ref T target = ref MemoryMarshal.GetReference(to);
        int j = 0;
        for (; j <= to.Length - Vector256<T>.Count; j += Vector256<T>.Count)
            (Vector256.LoadUnsafe(ref source, (nuint)j) * Vector256.Create(factor)).StoreUnsafe(ref target, (nuint)j);
        for (; j < to.Length; j++)
            Unsafe.Add(ref target, j) = Unsafe.Add(ref source, j) * factor;
    }
}
