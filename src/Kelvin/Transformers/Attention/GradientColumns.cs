using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>The way back through the softmax of a group of queries: P = exp(S − lse), dS = P ∘ (dP − D), times the soft-cap's derivative.</summary>
internal static class GradientColumns<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Turns S into P and dP into dS.</summary>
    /// <param name="scores">S, then P.</param>
    /// <param name="gradients">dP, then dS.</param>
    /// <param name="slopes">The soft-cap's derivative; null without one.</param>
    /// <param name="range">The keys.</param>
    /// <param name="start">The group's first query.</param>
    /// <param name="count">Queries of the group.</param>
    /// <param name="room">Knows lse and D.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref T scores, ref T gradients, ref T slopes, ScoreRange range, int start, int count, AttentionRoom<T> room)
    {
        bool hasSlopes = !Unsafe.IsNullRef(ref slopes);
        nuint step = TileSize.Queries;
        nuint end = (nuint)range.End * step;
        Exp2Operands operands = FlushedExp<TLanes, T>.IsBest ? Exp2Operands.There : default;
        RowScale<T> scale = FlushedExp<TLanes, T>.IsBest ? default : new RowScale<T>(1);   // its divisions take as long as a short column
        for (nuint lane = (nuint)start; lane < (nuint)(start + count); lane += (nuint)TLanes.Count)
        {
            TLanes lse = TLanes.Load(in MemoryMarshal.GetArrayDataReference(room.LogSumExp), lane);
            TLanes inner = TLanes.Load(in MemoryMarshal.GetArrayDataReference(room.Inner), lane);
            if (FlushedExp<TLanes, T>.IsBest)
                Two(ref scores, ref gradients, ((nuint)range.Start * step) + lane, end, new FlushedExp<TLanes, T>(lse, operands), inner);
            else
                Four(ref scores, ref gradients, ((nuint)range.Start * step) + lane, end, new ShiftedExp<TLanes, T>(lse, in scale), inner);
            for (nuint at = ((nuint)range.Start * step) + lane; hasSlopes && at < end; at += step)
                (TLanes.Load(in gradients, at) * TLanes.Load(in slopes, at)).Store(ref gradients, at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Two(ref T scores, ref T gradients, nuint first, nuint end, in FlushedExp<TLanes, T> exp, TLanes inner)
    {
        nuint step = TileSize.Queries;
        for (nuint at = first; at < end; at += 2 * step)
        {
            TLanes p0 = TLanes.Load(in scores, at);
            TLanes p1 = TLanes.Load(in scores, at + step);
            exp.Map(ref p0, ref p1, out _, out _);
            p0.Store(ref scores, at);
            p1.Store(ref scores, at + step);
            (p0 * (TLanes.Load(in gradients, at) - inner)).Store(ref gradients, at);
            (p1 * (TLanes.Load(in gradients, at + step) - inner)).Store(ref gradients, at + step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(ref T scores, ref T gradients, nuint first, nuint end, in ShiftedExp<TLanes, T> exp, TLanes inner)
    {
        nuint step = TileSize.Queries;
        for (nuint at = first; at < end; at += 4 * step)
        {
            TLanes p0 = TLanes.Load(in scores, at);
            TLanes p1 = TLanes.Load(in scores, at + step);
            TLanes p2 = TLanes.Load(in scores, at + (2 * step));
            TLanes p3 = TLanes.Load(in scores, at + (3 * step));
            exp.Map(ref p0, ref p1, ref p2, ref p3, out _, out _, out _, out _);
            p0.Store(ref scores, at);
            p1.Store(ref scores, at + step);
            p2.Store(ref scores, at + (2 * step));
            p3.Store(ref scores, at + (3 * step));
            (p0 * (TLanes.Load(in gradients, at) - inner)).Store(ref gradients, at);
            (p1 * (TLanes.Load(in gradients, at + step) - inner)).Store(ref gradients, at + step);
            (p2 * (TLanes.Load(in gradients, at + (2 * step)) - inner)).Store(ref gradients, at + (2 * step));
            (p3 * (TLanes.Load(in gradients, at + (3 * step)) - inner)).Store(ref gradients, at + (3 * step));
        }
    }
}
