using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>What is done to a group of scores before the softmax, one vector of queries after another: cap, distance, bias, masks.</summary>
internal static class ScoreChanges<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Beyond this tanh is ±1 in double, and exp is far from overflow in float.</summary>
    private const double Flat = 20;

    /// <summary>s ← cap·tanh(s); tanh' = 1 − tanh² goes to <paramref name="slopes"/> unless that is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Cap(ref T scores, ScoreRange range, int start, int count, T cap, ref T slopes)
    {
        bool keepsSlopes = !Unsafe.IsNullRef(ref slopes);
        TLanes one = TLanes.All(1.0), factor = TLanes.All(cap);
        for (int lane = start; lane < start + count; lane += TLanes.Count)
        {
            for (int key = range.Start; key < range.End; key++)
            {
                nuint at = At(key, lane);
                TLanes tanh = Tanh(TLanes.Load(in scores, at));
                (factor * tanh).Store(ref scores, at);
                if (keepsSlopes)
                    ((one - tanh) * (one + tanh)).Store(ref slopes, at);
            }
        }
    }

    /// <summary>s ← cap·tanh(s) along a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Cap(Span<T> row, T cap)
    {
        TLanes factor = TLanes.All(cap);
        ref T scores = ref MemoryMarshal.GetReference(row);
        int whole = row.Length - (row.Length % TLanes.Count);
        for (int key = 0; key < whole; key += TLanes.Count)
            (factor * Tanh(TLanes.Load(in scores, (nuint)key))).Store(ref scores, (nuint)key);
        for (int key = whole; key < row.Length; key++)
            row[key] = Lanes1<T>.Sum(new Lanes1<T>(cap) * ScoreChanges<Lanes1<T>, T>.Tanh(new Lanes1<T>(row[key])));
    }

    /// <summary>tanh x = (e²ˣ − 1)/(e²ˣ + 1), from e²ˣ − 1 that does not cancel near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Tanh(TLanes x)
    {
        TLanes inside = TLanes.Max(TLanes.All(-Flat), TLanes.Min(TLanes.All(Flat), x));
        TLanes e = ShiftedExp<TLanes, T>.ExpMinusOne(inside + inside);
        return e / (e + TLanes.All(2.0));
    }

    /// <summary>s ← s + slope·(j − i).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Distance(ref T scores, ScoreRange range, int start, int count, T slope, ref T distances)
    {
        TLanes factor = TLanes.All(slope);
        for (int lane = start; lane < start + count; lane += TLanes.Count)
        {
            TLanes first = TLanes.Load(in distances, (nuint)lane);
            for (int key = range.Start; key < range.End; key++)
            {
                nuint at = At(key, lane);
                TLanes.MultiplyAdd(first + TLanes.All((double)key), factor, TLanes.Load(in scores, at)).Store(ref scores, at);
            }
        }
    }

    /// <summary>s ← s + bias/T.</summary>
    public static void Bias(ref T scores, KeyTile keys, ScoreRange range, ReadOnlyMatrixView<T> bias, int firstRow, int start, int count, T beta)
    {
        for (int lane = start; lane < start + count; lane++)
        {
            ReadOnlySpan<T> row = bias.Row(firstRow + lane).Slice(keys.First, keys.Count);
            for (int key = range.From; key < range.To; key++)
                Unsafe.Add(ref scores, At(key, lane)) += beta * row[key];
        }
    }

    /// <summary>s ← −∞ where the key is not among those that the query sees.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mask(ref T scores, ScoreRange range, int start, int count, T[] lows, T[] highs)
    {
        ref T low = ref MemoryMarshal.GetArrayDataReference(lows);
        ref T high = ref MemoryMarshal.GetArrayDataReference(highs);
        for (int lane = start; lane < start + count; lane += TLanes.Count)
        {
            TLanes from = TLanes.Load(in low, (nuint)lane), to = TLanes.Load(in high, (nuint)lane);
            for (int key = range.Start; key < range.End; key++)
            {
                nuint at = At(key, lane);
                TLanes.Within(TLanes.Load(in scores, at), TLanes.All((double)key), from, to).Store(ref scores, at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint At(int key, int lane) => ((nuint)key * TileSize.Queries) + (nuint)lane;
}
