using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Transformers.Weights;

/// <summary>Reads stored numbers into the vector that a kernel works with.</summary>
internal static class StoredVector<TVector, TStored, TFormat>
    where TVector : struct
    where TStored : unmanaged
    where TFormat : struct, IStoredFormat<TStored>
{
    /// <summary>The vector that starts <paramref name="offset"/> elements after <paramref name="origin"/>. The type tests fold away.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(ref TStored origin, nint offset)
    {
        if (typeof(TVector) == typeof(Vector512<float>))
            return Unsafe.BitCast<Vector512<float>, TVector>(TFormat.Widen512(ref origin, (nuint)offset));
        if (typeof(TVector) == typeof(Vector256<float>))
            return Unsafe.BitCast<Vector256<float>, TVector>(TFormat.Widen256(ref origin, (nuint)offset));
        if (typeof(TVector) == typeof(Vector128<float>))
            return Unsafe.BitCast<Vector128<float>, TVector>(TFormat.Widen128(ref origin, (nuint)offset));
        return Unsafe.BitCast<float, TVector>(TFormat.Widen(Unsafe.Add(ref origin, offset)));
    }
}
