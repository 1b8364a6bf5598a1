using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Transformers.Weights;

/// <summary>Numbers that are floats already.</summary>
/// <remarks>512 bits are read in halves: memory gave 38 GB/s to whole ones and 47 to halves (Zen 5), the hardware getting further ahead of them.</remarks>
internal readonly struct StoredFloat32 : IStoredFormat<float>
{
    public static float Widen(float stored) => stored;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Widen128(ref float origin, nuint offset) => Vector128.LoadUnsafe(ref origin, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Widen256(ref float origin, nuint offset) => Vector256.LoadUnsafe(ref origin, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Widen512(ref float origin, nuint offset) =>
        Vector512.Create(Vector256.LoadUnsafe(ref origin, offset), Vector256.LoadUnsafe(ref origin, offset + 8));
}
