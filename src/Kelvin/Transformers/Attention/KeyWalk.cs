using System.Numerics;
using System.Runtime.CompilerServices;
using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>The products of a decoding step over a run of keys of a long cache: key after key with all its heads, so that memory is read in its order.</summary>
/// <remarks>
/// A key is asked for sixteen kilobytes before it is wanted: the machine's own looking ahead ends with a page of four. One thread reads 8 192 keys and more
/// up to a seventh faster than eight rows at a time (<see cref="DecodeJob{TSimd, TVector, TLanes, T}"/>), which compute less for each key and are up to a fifth faster
/// over few. The sums are the same to the bit.
/// </remarks>
internal static class KeyWalk<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int BytesAhead = 16384;

    /// <summary>⟨q, k⟩ for each key of the run and each query head.</summary>
    /// <param name="keys">The run's first key, at the first of the key heads.</param>
    /// <param name="stride">Elements from one key to the next.</param>
    /// <param name="count">Keys.</param>
    /// <param name="keyHeads">Key heads.</param>
    /// <param name="group">Query heads for each of them.</param>
    /// <param name="depth">d.</param>
    /// <param name="queries">The queries of the first key head.</param>
    /// <param name="products">Head after head.</param>
    /// <param name="room">Elements from one head's products to the next's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WithKeys(ref T keys, nint stride, int count, int keyHeads, int group, int depth, ref T queries, ref T products, nint room)
    {
        nint ahead = Ahead(stride);
        for (int i = 0; i < count; i++)
        {
            ref T key = ref Unsafe.Add(ref keys, i * stride);
            ref T query = ref queries;
            ref T to = ref Unsafe.Add(ref products, i);
            for (int keyHead = 0; keyHead < keyHeads; keyHead++)
            {
                CacheHint.Soon(ref Unsafe.Add(ref key, ahead), depth);
                for (int head = 0; head < group; head++)
                {
                    to = InnerProduct(ref key, ref query, depth);
                    to = ref Unsafe.Add(ref to, room);
                    query = ref Unsafe.Add(ref query, depth);
                }

                key = ref Unsafe.Add(ref key, depth);
            }
        }
    }

    /// <summary>Adds Σ e v to the sums of each query head.</summary>
    /// <param name="values">The run's first value, at the first of the key heads.</param>
    /// <param name="stride">Elements from one value to the next.</param>
    /// <param name="count">Values.</param>
    /// <param name="keyHeads">Key heads.</param>
    /// <param name="group">Query heads for each of them.</param>
    /// <param name="depth">dv.</param>
    /// <param name="weights">e, head after head.</param>
    /// <param name="sums">Head after head.</param>
    /// <param name="room">Elements from one head's weights to the next's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WithValues(ref T values, nint stride, int count, int keyHeads, int group, int depth, ref T weights, ref T sums, nint room)
    {
        nint ahead = Ahead(stride);
        for (int i = 0; i < count; i++)
        {
            ref T value = ref Unsafe.Add(ref values, i * stride);
            ref T weight = ref Unsafe.Add(ref weights, i);
            ref T sum = ref sums;
            for (int keyHead = 0; keyHead < keyHeads; keyHead++)
            {
                CacheHint.Soon(ref Unsafe.Add(ref value, ahead), depth);
                for (int head = 0; head < group; head++)
                {
                    Add(weight, ref value, ref sum, depth);
                    weight = ref Unsafe.Add(ref weight, room);
                    sum = ref Unsafe.Add(ref sum, depth);
                }

                value = ref Unsafe.Add(ref value, depth);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T InnerProduct(ref T key, ref T query, int depth)
    {
        TVector lanes = TSimd.Zero;
        nint j = 0;
        for (; j <= depth - TSimd.Lanes; j += TSimd.Lanes)
            lanes = TSimd.MultiplyAdd(TSimd.Load(ref key, j), TSimd.Load(ref query, j), lanes);
        T sum = TSimd.Sum(lanes);
        for (; j < depth; j++)
            sum = T.MultiplyAddEstimate(Unsafe.Add(ref key, j), Unsafe.Add(ref query, j), sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(T weight, ref T value, ref T sum, int depth)
    {
        TVector factor = TSimd.Broadcast(weight);
        nint j = 0;
        for (; j <= depth - TSimd.Lanes; j += TSimd.Lanes)
            TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(ref value, j), factor, TSimd.Load(ref sum, j)), ref sum, j);
        for (; j < depth; j++)
            Unsafe.Add(ref sum, j) = T.MultiplyAddEstimate(Unsafe.Add(ref value, j), weight, Unsafe.Add(ref sum, j));
    }

    /// <summary>Elements from a key to that which is asked for: whole keys.</summary>
    private static nint Ahead(nint stride) => Math.Max(1, BytesAhead / (stride * Unsafe.SizeOf<T>())) * stride;
}
